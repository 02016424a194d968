using System.Globalization;
using System.Xml.Linq;

namespace FeatureReuse;

/// <summary>The loss epoch by epoch, a chart for each training run.</summary>
internal static class LearningCurveSection
{
    /// <summary>More markers than these could not be told apart.</summary>
    private const int MostPoints = 40;

    public static XElement Build(IEnumerable<TrainingRun> runs)
        => ReportPage.Section("learning", "Learning curves", [.. runs.SelectMany((run, index) => Curve(run, index + 1))]);

    private static object[] Curve(TrainingRun run, int number)
    {
        IReadOnlyList<EpochMetrics> epochs = run.History.Epochs;
        int step = (epochs.Count + MostPoints - 1) / MostPoints;
        EpochMetrics[] drawn = [.. epochs.Where((_, index) => index % step == 0 || index == epochs.Count - 1)];
        ChartSeries? Line(string name, Func<EpochMetrics, double?> value)
        {
            ChartPoint[] points = [.. drawn.Where(epoch => value(epoch) is not null).Select(epoch => new ChartPoint(epoch.Epoch, value(epoch)!.Value, value(epoch)!.Value, value(epoch)!.Value))];
            return points.Length == 0 ? null : new(name, points);
        }
        ChartSeries[] lines = [.. new[] { Line("training", epoch => epoch.Loss), Line("validation", epoch => epoch.ValidationLoss), Line("auxiliary", epoch => epoch.AuxiliaryLoss) }.OfType<ChartSeries>()];
        string name = string.Create(CultureInfo.InvariantCulture, $"{run.Name}, task {run.Task}, {run.RowCount} images");
        var chart = new LineChart
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"learning-chart-{number}"),
            Title = $"Loss: {name}",
            XLabel = "epoch",
            YLabel = "cross-entropy (nats)",
            IsLogX = false,
            IsLogY = lines.All(line => line.Points.All(point => point.Y > 0)),
            Series = lines,
        };
        var table = new ReportTable(string.Create(CultureInfo.InvariantCulture, $"learning_{number}"), name,
            ["epoch", "loss", "accuracy", "validation_loss", "validation_accuracy", "auxiliary_loss", "auxiliary_accuracy", "learning_rate"],
            [.. epochs.Select(epoch => new object?[] { epoch.Epoch, epoch.Loss, epoch.Accuracy, epoch.ValidationLoss, epoch.ValidationAccuracy, epoch.AuxiliaryLoss, epoch.AuxiliaryAccuracy, epoch.LearningRate })]);
        return
        [
            new XElement("h3", $"{name[..1].ToUpperInvariant()}{name[1..]}"),
            ReportPage.Note(string.Create(CultureInfo.InvariantCulture, $"Ended after {epochs.Count} epochs, {run.History.Steps} steps: {Reason(run.History.StopReason)}.{(step > 1 ? $" The chart shows every {step}th epoch, the table all." : "")}")),
            .. ReportPage.Chart(chart, table),
        ];
    }

    private static string Reason(StopReason reason) => reason switch
    {
        StopReason.LossThreshold => "the loss fell below the threshold",
        StopReason.EpochLimit => "the epoch limit was reached",
        StopReason.EarlyStopping => "the validation loss no longer fell",
        StopReason.Canceled => "it was cancelled",
        _ => "it diverged",
    };
}
