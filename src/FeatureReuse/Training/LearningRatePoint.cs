namespace FeatureReuse;

/// <summary>Describes one step of a range test.</summary>
/// <param name="LearningRate">The learning rate of the step.</param>
/// <param name="Loss">The step's loss, in nats.</param>
/// <param name="SmoothedLoss">The exponential moving average of the loss, with bias correction.</param>
public readonly record struct LearningRatePoint(double LearningRate, double Loss, double SmoothedLoss);
