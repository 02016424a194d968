namespace FeatureReuse;

/// <summary>A label that each image of a CIFAR data set has.</summary>
/// <param name="Name">FineLabel, CoarseLabel or Label.</param>
/// <param name="Classes">The names of the classes by label.</param>
public sealed record CifarLabel(string Name, IReadOnlyList<string> Classes);
