namespace FeatureReuse;

/// <summary>Describes how a run of gradient descent ended.</summary>
/// <param name="StopReason">Why the run ended.</param>
/// <param name="Loss">The last epoch's mean squared error, over the rows of all tasks.</param>
/// <param name="Epochs">The number of passes over the samples with the last learning rate.</param>
/// <param name="Steps">The number of gradient steps with the last learning rate.</param>
/// <param name="LearningRate">The last learning rate: the one that did not diverge, if any.</param>
public sealed record GradientDescentResult(GradientDescentStopReason StopReason, double Loss, int Epochs, long Steps, double LearningRate)
{
    /// <summary>Gets the smallest loss on <see cref="GradientDescentOptions.Validation"/>; null without such samples.</summary>
    public double? LeastValidationLoss { get; init; }
}
