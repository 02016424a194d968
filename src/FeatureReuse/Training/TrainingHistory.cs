namespace FeatureReuse;

/// <summary>How a training run went.</summary>
/// <param name="StopReason">Why it ended.</param>
/// <param name="Epochs">The metrics of every epoch completed.</param>
/// <param name="Steps">The steps taken.</param>
/// <param name="BestEpoch">The epoch whose weights were kept: the one of the lowest validation loss, otherwise the last; 0 before the first.</param>
public sealed record TrainingHistory(StopReason StopReason, IReadOnlyList<EpochMetrics> Epochs, long Steps, int BestEpoch);
