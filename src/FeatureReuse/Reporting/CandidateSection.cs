using System.Xml.Linq;

namespace FeatureReuse;

/// <summary>Shows the candidates that the rescaling was chosen from.</summary>
internal static class CandidateSection
{
    public static XElement Build(IReadOnlyList<RescalingCandidate> candidates)
    {
        ReportTable table = ReportTable.From("candidates", "candidates of the rescaling", candidates,
            ("rescaling", one => one.Rescaling.ToString()), ("validation_loss", one => one.ValidationLoss),
            ("standard_error", one => one.StandardError), ("above_best", one => one.AboveBest),
            ("above_best_standard_error", one => one.AboveBestStandardError),
            ("validation_accuracy", one => one.ValidationAccuracy), ("chosen", one => one.IsChosen ? "yes" : ""));
        XElement note = ReportPage.Note($"Chosen: {candidates.Single(one => one.IsChosen).Rescaling}. Among the candidates whose loss "
            + "on held-out training images is within one standard error of the lowest, it is the nearest to 1. "
            + (candidates.Any(one => one.ValidationLoss is null) ? "Candidates without a loss diverged." : ""));
        // Profiles over depth have no single place on the axis.
        RescalingCandidate[] factors =
            [.. candidates.Where(one => one is { ValidationLoss: not null, Rescaling: { LayerFactors.Count: 0, LastFactor: null } })];
        return ReportPage.Section("candidates", "Choice of the rescaling", note, factors.Length >= 2
            ? ReportPage.Chart(ChartOf(factors), table)
            : [ReportPage.Scrolling(table.Caption, table.ToElement()), ReportPage.Download(table)]);
    }

    private static LineChart ChartOf(RescalingCandidate[] factors) => new()
    {
        Id = "candidates-chart",
        Title = "Loss on held-out training images, with its standard error",
        XLabel = "rescaling factor",
        YLabel = "validation loss (nats)",
        Series =
        [
            new("candidates", [.. factors.Select(candidate
                => new ChartPoint(candidate.Rescaling.Factor, candidate.ValidationLoss!.Value, candidate.StandardError!.Value))]),
            .. factors.Where(candidate => candidate.IsChosen).Select(candidate
                => new ChartSeries("chosen", [new(candidate.Rescaling.Factor, candidate.ValidationLoss!.Value)])),
        ],
    };
}
