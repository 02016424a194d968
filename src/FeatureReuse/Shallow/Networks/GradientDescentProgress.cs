namespace FeatureReuse;

/// <summary>Reports how far a run of gradient descent is.</summary>
/// <param name="Epoch">The number of passes over the samples so far.</param>
/// <param name="MaximumEpochs">The largest number of passes.</param>
/// <param name="Loss">The last epoch's mean squared error.</param>
/// <param name="LearningRate">The learning rate in use.</param>
public readonly record struct GradientDescentProgress(int Epoch, int MaximumEpochs, double Loss, double LearningRate);
