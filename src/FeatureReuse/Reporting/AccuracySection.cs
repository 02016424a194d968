using System.Xml.Linq;

namespace FeatureReuse;

/// <summary>Accuracy over the number of training images, a line for each setup.</summary>
internal static class AccuracySection
{
    public static XElement Build(IReadOnlyList<ReportedAccuracy> accuracies)
    {
        (string Setup, int Size, double[] Values)[] cells = [.. accuracies.GroupBy(run => (run.Setup, run.TrainingSize))
            .Select(cell => (cell.Key.Setup, cell.Key.TrainingSize, cell.Select(run => run.Accuracy).ToArray()))];
        var chart = new LineChart
        {
            Id = "accuracy-chart",
            Title = "Test accuracy by setup: mean and standard deviation over seeds",
            XLabel = "training images of the main task",
            YLabel = "test accuracy",
            Series = [.. cells.GroupBy(cell => cell.Setup).Select(setup => new ChartSeries(setup.Key, [.. setup.Select(cell =>
            {
                double mean = cell.Values.Average();
                double spread = DeviationOf(cell.Values) ?? 0;
                return new ChartPoint(cell.Size, mean, mean - spread, mean + spread);
            })]))],
        };
        var table = new ReportTable("accuracy_runs", "every run", ["setup", "n_train", "seed", "accuracy"],
            [.. accuracies.Select(run => new object?[] { run.Setup, run.TrainingSize, run.Seed, run.Accuracy })]);
        var summary = new ReportTable("accuracy", "mean and standard deviation over seeds", ["setup", "n_train", "seeds", "mean", "standard_deviation"],
            [.. cells.Select(cell => new object?[] { cell.Setup, cell.Size, cell.Values.Length, cell.Values.Average(), DeviationOf(cell.Values) })]);
        return ReportPage.Section("accuracy", "Accuracy by setup",
            ReportPage.Note("STL: the main task alone. MTL: with the auxiliary task. LP: the readout alone, on pretrained features. PT+FT: all weights, from the pretrained ones, which were multiplied by a factor where it says rescaled."),
            ReportPage.Chart(chart, summary), ReportPage.Download(table));
    }

    private static double? DeviationOf(double[] values)
    {
        double mean = values.Average();
        return values.Length < 2 ? null : Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1));
    }
}
