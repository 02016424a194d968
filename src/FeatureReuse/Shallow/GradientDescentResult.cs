namespace FeatureReuse;

/// <summary>How a run of gradient descent ended.</summary>
/// <param name="StopReason">Why. After <see cref="StopReason.Diverged"/> the network has the weights that it started with.</param>
/// <param name="Loss">The last epoch's mean squared error, over the rows of all tasks.</param>
/// <param name="Epochs">Passes over the samples of the run that counts.</param>
/// <param name="Steps">Gradient steps of the run that counts.</param>
/// <param name="LearningRate">The learning rate that did not diverge.</param>
public sealed record GradientDescentResult(StopReason StopReason, double Loss, int Epochs, long Steps, double LearningRate)
{
    /// <summary>
    /// The least loss on <see cref="GradientDescentOptions.Validation"/> on the way, the start and the end among its looks; a little optimistic, since it is
    /// chosen. Null without such samples.
    /// </summary>
    public double? LeastValidationLoss { get; init; }
}
