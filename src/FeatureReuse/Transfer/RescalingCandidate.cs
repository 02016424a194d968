namespace FeatureReuse;

/// <summary>What choosing a rescaling found about one candidate; the table of all of them is kept in the model.</summary>
/// <param name="Rescaling">The candidate.</param>
/// <param name="ValidationLoss">Mean cross-entropy over all images that were held out once, in nats; null where a run diverged.</param>
/// <param name="StandardError">Of that mean, over images; null where a run diverged.</param>
/// <param name="AboveBest">By how much the loss is above the lowest; null where a run diverged.</param>
/// <param name="AboveBestStandardError">The standard error of that difference, image by image; null where a run diverged.</param>
/// <param name="ValidationAccuracy">Share of the held-out images classified rightly; null where a run diverged.</param>
/// <param name="IsChosen">Whether it won.</param>
public sealed record RescalingCandidate(
    Rescaling Rescaling, double? ValidationLoss, double? StandardError, double? AboveBest, double? AboveBestStandardError, double? ValidationAccuracy, bool IsChosen);
