using System.Xml.Linq;
using static FeatureReuse.HtmlElements;

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
        RescalingCandidate chosen = candidates.Single(one => one.IsChosen);
        XElement note = Note($"Chosen: {chosen.Rescaling}. Among the candidates whose loss on held-out training images is within one "
            + "standard error of the lowest, it is the nearest to 1. "
            + (candidates.Any(one => one.ValidationLoss is null) ? "Candidates without a loss diverged." : ""));
        // Profiles over depth have no single place on the axis.
        RescalingCandidate[] factors =
            [.. candidates.Where(one => one is { ValidationLoss: not null, Rescaling: { LayerFactors.Count: 0, LastFactor: null } })];
        ChartPoint PointOf(RescalingCandidate one, double spread) => new(one.Rescaling.Factor, one.ValidationLoss!.Value, spread);
        return Section("candidates", "Choice of the rescaling", note, factors.Length < 2 ? [Shown(table), Download(table)]
            : Chart(new("candidates-chart", "Loss on held-out training images, with its standard error", "rescaling factor",
                "validation loss (nats)",
                [
                    new("candidates", [.. factors.Select(one => PointOf(one, one.StandardError!.Value))]),
                    .. factors.Where(one => one.IsChosen).Select(one => new ChartSeries("chosen", [PointOf(one, 0)])),
                ]), table));
    }
}
