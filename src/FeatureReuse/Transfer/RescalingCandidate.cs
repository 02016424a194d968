namespace FeatureReuse;

/// <summary>Describes how a candidate did when the rescaling was chosen; the model keeps the table of all of them.</summary>
/// <param name="Rescaling">The candidate.</param>
/// <param name="ValidationLoss">The mean cross-entropy over the held-out images, in nats; null if a run diverged.</param>
/// <param name="StandardError">The standard error of that mean, over images; null if a run diverged.</param>
/// <param name="LossAboveBest">The difference from the lowest loss; null if a run diverged.</param>
/// <param name="LossAboveBestStandardError">The standard error of that difference, image by image; null if a run diverged.</param>
/// <param name="ValidationAccuracy">The fraction of the held-out images classified correctly; null if a run diverged.</param>
/// <param name="IsChosen">Whether it was chosen.</param>
public sealed record RescalingCandidate(Rescaling Rescaling, double? ValidationLoss, double? StandardError,
    [property: JsonPropertyName("AboveBest")] double? LossAboveBest,
    [property: JsonPropertyName("AboveBestStandardError")] double? LossAboveBestStandardError,
    double? ValidationAccuracy, bool IsChosen)
{
    /// <summary>Compares the loss of each held-out image, null if a run diverged, with those of the best candidate.</summary>
    internal static RescalingCandidate From(Rescaling rescaling, double[]? losses, double[] best, int hits)
        => losses is null ? new(rescaling, null, null, null, null, null, false)
            : new(rescaling, losses.Average(), StandardErrorOf(losses), losses.Average() - best.Average(),
                StandardErrorOf([.. losses.Zip(best, (loss, lowest) => loss - lowest)]), (double)hits / losses.Length, false);

    private static double StandardErrorOf(double[] values) => Math.Sqrt(SampleStatistics.Variance(values) / values.Length);
}
