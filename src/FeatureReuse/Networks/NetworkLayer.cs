namespace FeatureReuse;

/// <summary>A named step from the pixels to the logits, and the beginnings of its parameters' names, if it has any.</summary>
internal sealed record NetworkLayer(string Name, IReadOnlyList<string> ParameterPrefixes, Func<Tensor, Tensor> Apply)
{
    /// <summary>Returns whether a parameter, or a module by its name and a dot, belongs to the layer.</summary>
    public bool Owns(string name) => ParameterPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal));
}
