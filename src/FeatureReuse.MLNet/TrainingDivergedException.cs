using System.Globalization;

namespace FeatureReuse;

/// <summary>The loss was no longer a finite number; the last good weights are kept.</summary>
public sealed class TrainingDivergedException : InvalidOperationException
{
    internal TrainingDivergedException(NetworkTransformer lastGood, TrainingHistory history, double learningRate)
        : base(string.Create(CultureInfo.InvariantCulture,
            $"The loss was not finite at step {history.Steps}, in epoch {history.Epochs.Count + 1}, with LearningRate {learningRate}. "
            + $"The last good weights are in {nameof(LastGood)}. A lower LearningRate usually helps; pixels of an unexpected range do harm (InputNormalization.PixelMaximum)."))
        => LastGood = lastGood;

    /// <summary>The network with the last weights known to be finite; the catcher disposes it.</summary>
    public NetworkTransformer LastGood { get; }
}
