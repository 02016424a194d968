using System.Xml.Linq;
using static System.FormattableString;
using static FeatureReuse.HtmlElements;

namespace FeatureReuse;

/// <summary>Shows the loss epoch by epoch, with one chart for each training run.</summary>
internal static class LearningCurveSection
{
    /// <summary>The most markers of a line that can be told apart.</summary>
    private const int MostPoints = 40;

    public static XElement Build(IEnumerable<TrainingRun> runs)
        => Section("learning", "Learning curves", runs.SelectMany((run, index) => Curve(run, index + 1)));

    private static object[] Curve(TrainingRun run, int number)
    {
        IReadOnlyList<EpochMetrics> epochs = run.History.Epochs;
        int step = (epochs.Count + MostPoints - 1) / MostPoints;
        EpochMetrics[] drawn = [.. epochs.Where((_, index) => index % step == 0 || index == epochs.Count - 1)];
        ChartSeries Line(string name, Func<EpochMetrics, double?> value) => new(name,
            [.. drawn.Where(epoch => value(epoch) is not null).Select(epoch => new ChartPoint(epoch.Epoch, value(epoch)!.Value))]);
        ChartSeries[] lines = [Line("training", epoch => epoch.Loss), Line("validation", epoch => epoch.ValidationLoss),
            Line("auxiliary", epoch => epoch.AuxiliaryLoss)];
        string name = Invariant($"{run.Name}, task {run.Task}, {run.RowCount} images");
        var chart = new LineChart($"learning-chart-{number}", $"Loss: {name}", "epoch", "cross-entropy (nats)",
            [.. lines.Where(line => line.Points.Count > 0)], IsLogX: false,
            IsLogY: lines.All(line => line.Points.All(point => point.Y > 0)));
        ReportTable table = ReportTable.From($"learning_{number}", name, epochs,
            ("epoch", one => one.Epoch), ("loss", one => one.Loss), ("accuracy", one => one.Accuracy),
            ("validation_loss", one => one.ValidationLoss), ("validation_accuracy", one => one.ValidationAccuracy),
            ("auxiliary_loss", one => one.AuxiliaryLoss), ("auxiliary_accuracy", one => one.AuxiliaryAccuracy),
            ("learning_rate", one => one.LearningRate));
        string reason = run.History.StopReason switch
        {
            StopReason.LossThreshold => "the loss fell below the threshold",
            StopReason.EpochLimit => "the epoch limit was reached",
            StopReason.EarlyStopping => "the validation loss no longer fell",
            StopReason.Canceled => "it was cancelled",
            _ => "it diverged",
        };
        string note = Invariant($"Ended after {epochs.Count} epochs, {run.History.Steps} steps: {reason}.")
            + (step > 1 ? $" The chart shows every {step}th epoch, the table all." : "");
        return [Element("h3", $"{name[..1].ToUpperInvariant()}{name[1..]}"), Note(note), .. Chart(chart, table)];
    }
}
