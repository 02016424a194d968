using System.Xml.Linq;
using static FeatureReuse.HtmlElements;

namespace FeatureReuse;

/// <summary>Shows the accuracy over the number of training images, with one line for each setup.</summary>
internal static class AccuracySection
{
    public static XElement Build(IReadOnlyList<ReportedAccuracy> accuracies)
    {
        (string Setup, int Size, int Count, double Mean, double? Deviation)[] cells =
            [.. accuracies.GroupBy(run => (run.Setup, run.TrainingSize), run => run.Accuracy).Select(cell
                => (cell.Key.Setup, cell.Key.TrainingSize, cell.Count(), cell.Average(), DeviationOf([.. cell])))];
        var chart = new LineChart("accuracy-chart", "Test accuracy by setup: mean and standard deviation over seeds",
            "training images of the main task", "test accuracy", [.. cells.GroupBy(cell => cell.Setup).Select(setup
                => new ChartSeries(setup.Key, [.. setup.Select(cell => new ChartPoint(cell.Size, cell.Mean, cell.Deviation ?? 0))]))]);
        return Section("accuracy", "Accuracy by setup",
            Note("STL: single-task learning, the main task alone. MTL: multi-task learning, together with the auxiliary task. "
                + "LP: linear probe, only the readout on pretrained features. PT+FT: pretraining and finetuning of all weights; "
                + "\"rescaled\" gives the factor by which the pretrained weights were multiplied before finetuning."),
            Chart(chart, ReportTable.From("accuracy", "mean and standard deviation over seeds", cells, ("setup", cell => cell.Setup),
                ("n_train", cell => cell.Size), ("seeds", cell => cell.Count), ("mean", cell => cell.Mean),
                ("standard_deviation", cell => cell.Deviation))),
            Download(ReportTable.From("accuracy_runs", "every run", accuracies, ("setup", run => run.Setup),
                ("n_train", run => run.TrainingSize), ("seed", run => run.Seed), ("accuracy", run => run.Accuracy))));
    }

    private static double? DeviationOf(double[] values)
    {
        double mean = values.Average();
        return values.Length < 2 ? null : Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1));
    }
}
