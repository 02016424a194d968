namespace FeatureReuse;

/// <summary>One step of a range test.</summary>
/// <param name="LearningRate">The learning rate of the step.</param>
/// <param name="Loss">The step's loss, in nats.</param>
/// <param name="SmoothedLoss">Its exponential moving average, corrected for its start.</param>
public readonly record struct LearningRatePoint(double LearningRate, double Loss, double SmoothedLoss);
