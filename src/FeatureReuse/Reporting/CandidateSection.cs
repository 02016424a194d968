using System.Xml.Linq;

namespace FeatureReuse;

/// <summary>What the rescaling was chosen from.</summary>
internal static class CandidateSection
{
    public static XElement Build(IReadOnlyList<RescalingCandidate> candidates)
    {
        var table = new ReportTable("candidates", "candidates of the rescaling", ["rescaling", "validation_loss", "standard_error", "above_best", "above_best_standard_error", "validation_accuracy", "chosen"],
            [.. candidates.Select(candidate => new object?[]
            {
                candidate.Rescaling.ToString(), candidate.ValidationLoss, candidate.StandardError, candidate.AboveBest, candidate.AboveBestStandardError, candidate.ValidationAccuracy, candidate.IsChosen ? "yes" : "",
            })]);
        RescalingCandidate chosen = candidates.Single(candidate => candidate.IsChosen);
        object? note = ReportPage.Note($"Chosen: {chosen.Rescaling}. Of the candidates whose loss on held-out training images is within one standard error of the lowest, it is the nearest to 1. "
            + (candidates.Any(candidate => candidate.ValidationLoss is null) ? "Candidates without a loss diverged." : ""));
        // Profiles over depth have no single place on the axis.
        RescalingCandidate[] factors = [.. candidates.Where(candidate => candidate.ValidationLoss is not null && candidate.Rescaling.LayerFactors.Count == 0 && candidate.Rescaling.LastFactor is null)];
        return factors.Length < 2
            ? ReportPage.Section("candidates", "Choice of the rescaling", note, ReportPage.Scrolling(table.Caption, table.ToElement()), ReportPage.Download(table))
            : ReportPage.Section("candidates", "Choice of the rescaling", note, ReportPage.Chart(new LineChart
            {
                Id = "candidates-chart",
                Title = "Loss on held-out training images, with its standard error",
                XLabel = "rescaling factor",
                YLabel = "validation loss (nats)",
                Series =
                [
                    new("candidates", [.. factors.Select(candidate => new ChartPoint(candidate.Rescaling.Factor, candidate.ValidationLoss!.Value,
                        candidate.ValidationLoss.Value - candidate.StandardError!.Value, candidate.ValidationLoss.Value + candidate.StandardError.Value))]),
                    .. factors.Where(candidate => candidate.IsChosen).Select(candidate => new ChartSeries("chosen",
                        [new(candidate.Rescaling.Factor, candidate.ValidationLoss!.Value, candidate.ValidationLoss.Value, candidate.ValidationLoss.Value)])),
                ],
            }, table));
    }
}
