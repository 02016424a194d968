using System.Xml.Linq;

namespace FeatureReuse;

/// <summary>Shows the accuracy over the number of training images, with one line for each setup.</summary>
internal static class AccuracySection
{
    public static XElement Build(IReadOnlyList<ReportedAccuracy> accuracies)
    {
        var cells = accuracies.GroupBy(run => (run.Setup, run.TrainingSize), run => run.Accuracy).Select(cell => new
        {
            cell.Key.Setup,
            Size = cell.Key.TrainingSize,
            Count = cell.Count(),
            Mean = cell.Average(),
            Deviation = DeviationOf([.. cell]),
        }).ToArray();
        var chart = new LineChart
        {
            Id = "accuracy-chart",
            Title = "Test accuracy by setup: mean and standard deviation over seeds",
            XLabel = "training images of the main task",
            YLabel = "test accuracy",
            Series = [.. cells.GroupBy(cell => cell.Setup).Select(setup
                => new ChartSeries(setup.Key, [.. setup.Select(cell => new ChartPoint(cell.Size, cell.Mean, cell.Deviation ?? 0))]))],
        };
        ReportTable runs = ReportTable.From("accuracy_runs", "every run", accuracies, ("setup", run => run.Setup),
            ("n_train", run => run.TrainingSize), ("seed", run => run.Seed), ("accuracy", run => run.Accuracy));
        ReportTable summary = ReportTable.From("accuracy", "mean and standard deviation over seeds", cells, ("setup", cell => cell.Setup),
            ("n_train", cell => cell.Size), ("seeds", cell => cell.Count), ("mean", cell => cell.Mean),
            ("standard_deviation", cell => cell.Deviation));
        return ReportPage.Section("accuracy", "Accuracy by setup",
            ReportPage.Note("STL: single-task learning, the main task alone. MTL: multi-task learning, together with the auxiliary task. "
                + "LP: linear probe, only the readout on pretrained features. PT+FT: pretraining and finetuning of all weights; "
                + "\"rescaled\" gives the factor by which the pretrained weights were multiplied before finetuning."),
            ReportPage.Chart(chart, summary), ReportPage.Download(runs));
    }

    private static double? DeviationOf(double[] values)
    {
        double mean = values.Average();
        return values.Length < 2 ? null : Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1));
    }
}
