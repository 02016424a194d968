namespace FeatureReuse;

/// <summary>Describes a training run.</summary>
/// <param name="StopReason">Why the run ended.</param>
/// <param name="Epochs">The metrics of every complete epoch.</param>
/// <param name="Steps">The number of steps taken.</param>
/// <param name="BestEpoch">The epoch whose weights were kept: that of the lowest validation loss, or the last without validation.</param>
public sealed record TrainingHistory(StopReason StopReason, IReadOnlyList<EpochMetrics> Epochs, long Steps, int BestEpoch);
