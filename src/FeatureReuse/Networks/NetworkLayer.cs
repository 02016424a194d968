namespace FeatureReuse;

/// <summary>A named step from the pixels to the logits, and its parameters.</summary>
/// <param name="Name">The name in profiles and signatures.</param>
/// <param name="ParameterPrefixes">The beginnings of its parameters' names; none for a layer without parameters.</param>
/// <param name="Apply">From the previous layer's output to this one's.</param>
internal sealed record NetworkLayer(string Name, IReadOnlyList<string> ParameterPrefixes, Func<Tensor, Tensor> Apply)
{
    /// <summary>Gets whether the layer has parameters.</summary>
    public bool HasParameters => ParameterPrefixes.Count > 0;

    /// <summary>Returns whether a parameter, or a module by its name and a dot, belongs to the layer.</summary>
    public bool Owns(string name) => ParameterPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal));
}
