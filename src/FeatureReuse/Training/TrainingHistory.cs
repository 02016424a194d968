namespace FeatureReuse;

/// <summary>Describes a training run.</summary>
/// <param name="StopReason">Why the run ended.</param>
/// <param name="Epochs">The metrics of every complete epoch.</param>
/// <param name="Steps">The number of steps taken.</param>
/// <param name="BestEpoch">The epoch whose weights were kept: that of the lowest validation loss, or the last without validation.</param>
public sealed record TrainingHistory(StopReason StopReason, IReadOnlyList<EpochMetrics> Epochs, long Steps, int BestEpoch)
{
    /// <summary>Creates the history of a run that ended before its first step.</summary>
    internal static TrainingHistory None(StopReason reason) => new(reason, [], Steps: 0, BestEpoch: 0);
}
