namespace FeatureReuse;

/// <summary>The exception that is thrown when the loss of a training run was no longer finite. It holds no network.</summary>
public sealed class TrainingDivergedException : InvalidOperationException
{
    internal TrainingDivergedException(TrainingHistory history, double learningRate)
        : base(FormattableString.Invariant($"The loss was not finite at step {history.Steps}, in epoch {history.Epochs.Count + 1}, with ")
            + FormattableString.Invariant($"{nameof(TrainingOptions.LearningRate)} {learningRate}. A lower learning rate usually helps. ")
            + $"Check the range of the pixels, too ({nameof(InputNormalization)}.{nameof(InputNormalization.PixelMaximum)}).")
        => History = history;

    /// <summary>Gets the history of the run.</summary>
    public TrainingHistory History { get; }
}
