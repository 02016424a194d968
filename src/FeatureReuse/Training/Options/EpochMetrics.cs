namespace FeatureReuse;

/// <summary>Describes what one epoch measured, over all rows.</summary>
/// <param name="Epoch">The number of the epoch, from 1.</param>
/// <param name="Loss">The mean loss over the training images, each at its step, in nats, with label smoothing and mixup if any.</param>
/// <param name="Accuracy">The fraction of training images classified correctly, each at its step in the epoch.</param>
/// <param name="ValidationLoss">The mean cross-entropy over the held-out images after the epoch; null without validation.</param>
/// <param name="ValidationAccuracy">The fraction of held-out images classified correctly after the epoch; null without validation.</param>
/// <param name="LearningRate">The learning rate of the epoch's last step.</param>
/// <param name="AuxiliaryLoss">The unweighted loss of the auxiliary task; null if one task is trained.</param>
/// <param name="AuxiliaryAccuracy">The accuracy of the auxiliary task; null if one task is trained.</param>
public sealed record EpochMetrics(
    int Epoch, double Loss, double Accuracy, double? ValidationLoss, double? ValidationAccuracy, double LearningRate,
    double? AuxiliaryLoss = null, double? AuxiliaryAccuracy = null)
{
    /// <summary>Gets metrics by class and calibration on the held-out images; null without validation and in a loaded model.</summary>
    [JsonIgnore]
    public ClassificationMetrics? Validation { get; init; }
}
