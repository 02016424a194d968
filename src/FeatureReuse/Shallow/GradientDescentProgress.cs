namespace FeatureReuse;

/// <summary>Where a run of gradient descent is.</summary>
/// <param name="Epoch">Passes over the samples so far.</param>
/// <param name="MaximumEpochs">The most there will be.</param>
/// <param name="Loss">The last epoch's mean squared error.</param>
/// <param name="LearningRate">The learning rate in use.</param>
public readonly record struct GradientDescentProgress(int Epoch, int MaximumEpochs, double Loss, double LearningRate);
