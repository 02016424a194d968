namespace FeatureReuse;

/// <summary>One named step from the pixels to the logits, and the parameters that belong to it.</summary>
/// <param name="Name">The name by which profiles and signatures mention the layer.</param>
/// <param name="ParameterPrefixes">How the names of its parameters begin; none for a layer without parameters.</param>
/// <param name="Apply">From the previous layer's output to this one's.</param>
internal sealed record NetworkLayer(string Name, IReadOnlyList<string> ParameterPrefixes, Func<torch.Tensor, torch.Tensor> Apply)
{
    /// <summary>Gets whether the layer has parameters.</summary>
    public bool HasParameters => ParameterPrefixes.Count > 0;

    /// <summary>Returns whether a parameter, or a module by its name and a dot, belongs to the layer.</summary>
    public bool Owns(string name) => ParameterPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal));
}
