namespace FeatureReuse;

/// <summary>An augmented batch.</summary>
/// <param name="Images">[n, channels, height, width].</param>
/// <param name="Share">The share of each image's own pixels; 1 without mixing.</param>
/// <param name="Partners">The row that each image was mixed with, [n]; null without mixing.</param>
internal readonly record struct AugmentedBatch(Tensor Images, double Share, Tensor? Partners);
