namespace FeatureReuse;

/// <summary>Describes the progress of a training run after a step.</summary>
/// <param name="Epoch">The current epoch, from 1.</param>
/// <param name="MaximumEpochs">The limit of epochs.</param>
/// <param name="Step">The steps of this epoch that are done, from 1.</param>
/// <param name="StepsPerEpoch">The steps of an epoch.</param>
/// <param name="Loss">The loss of the step, in nats.</param>
/// <param name="LearningRate">The learning rate of the step.</param>
/// <param name="CompletedEpoch">The metrics of the epoch after its last step; otherwise null.</param>
public readonly record struct TrainingProgress(
    int Epoch, int MaximumEpochs, int Step, int StepsPerEpoch, double Loss, double LearningRate, EpochMetrics? CompletedEpoch);
