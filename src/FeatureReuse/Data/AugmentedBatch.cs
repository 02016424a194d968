namespace FeatureReuse;

/// <summary>A changed batch.</summary>
/// <param name="Images">[n, channels, height, width].</param>
/// <param name="Share">Of each image's own pixels; 1 where nothing was mixed.</param>
/// <param name="Partners">The row that the rest came from, [n]; null where nothing was mixed.</param>
internal readonly record struct AugmentedBatch(Tensor Images, double Share, Tensor? Partners);
