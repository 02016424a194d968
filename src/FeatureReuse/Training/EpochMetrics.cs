using System.Text.Json.Serialization;

namespace FeatureReuse;

/// <summary>What one epoch measured, over all rows.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="Loss">Mean loss over the training images, each at its step in the epoch; in nats. Cross-entropy, with smoothed labels and mixed images where they were asked for.</param>
/// <param name="Accuracy">Share of training images classified rightly, each at its step in the epoch.</param>
/// <param name="ValidationLoss">Mean cross-entropy over the validation images after the epoch; null without a validation split.</param>
/// <param name="ValidationAccuracy">Share of validation images classified rightly after the epoch; null without a validation split.</param>
/// <param name="LearningRate">The learning rate of the epoch's last step.</param>
/// <param name="AuxiliaryLoss">As <paramref name="Loss"/>, of the auxiliary task, before its weight; null where one task is trained.</param>
/// <param name="AuxiliaryAccuracy">As <paramref name="Accuracy"/>, of the auxiliary task; null where one task is trained.</param>
public sealed record EpochMetrics(int Epoch, double Loss, double Accuracy, double? ValidationLoss, double? ValidationAccuracy, double LearningRate,
    double? AuxiliaryLoss = null, double? AuxiliaryAccuracy = null)
{
    /// <summary>By class, and how well probabilities are calibrated, on the validation images; null without a validation split, and in a loaded model.</summary>
    [JsonIgnore]
    public ClassificationMetrics? Validation { get; init; }
}
