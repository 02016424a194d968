namespace FeatureReuse;

/// <summary>A named step from the pixels to the logits, and its parameters.</summary>
/// <param name="Name">The name in profiles and signatures.</param>
/// <param name="ParameterPrefixes">The beginnings of its parameters' names; none for a layer without parameters.</param>
/// <param name="Apply">From the previous layer's output to this one's.</param>
internal sealed record NetworkLayer(string Name, IReadOnlyList<string> ParameterPrefixes, Func<Tensor, Tensor> Apply);
