namespace FeatureReuse;

/// <summary>Where a training run stands, after a step.</summary>
/// <param name="Epoch">The epoch under way, from 1.</param>
/// <param name="MaximumEpochs">The epoch limit.</param>
/// <param name="Step">The steps done in this epoch, from 1.</param>
/// <param name="StepsPerEpoch">The steps of an epoch.</param>
/// <param name="Loss">The step's loss, in nats.</param>
/// <param name="CompletedEpoch">The epoch's metrics, with its last step; otherwise null.</param>
public readonly record struct TrainingProgress(int Epoch, int MaximumEpochs, int Step, int StepsPerEpoch, double Loss, EpochMetrics? CompletedEpoch);
