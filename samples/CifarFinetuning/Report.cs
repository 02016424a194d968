using FeatureReuse;
using Microsoft.ML;
using Spectre.Console;

namespace CifarFinetuning;

/// <summary>The report: all results, and what became of the first seed at the largest size with a chosen factor.</summary>
internal static class Report
{
    public static void Write(Settings settings, string path, IReadOnlyList<ResultRow> rows, CancellationToken cancellation)
    {
        int seed = settings.Seeds[0];
        int size = settings.TrainingSizes.Max();
        Setup[] setups = Setup.All(settings with { Choose = true });
        var ml = new MLContext(seed);
        TaskData data = TaskData.Load(ml, settings, seed);
        AnsiConsole.Progress().Start(progress =>
        {
            ProgressTask current = progress.AddTask("for the report");
            using NetworkTransformer pretrained = Comparison.Pretrained(settings, ml, data, seed, current, cancellation);
            using NetworkTransformer model = Comparison.EstimatorOf(settings, ml, pretrained, setups[^1], size, seed, current, cancellation).Fit(data.MainTask(size));
            ml.FeatureReuse.SaveReport(path, model, data.Test, new()
            {
                Title = $"Feature reuse on {settings.DataName}, {settings.Network}",
                Command = settings.Command,
                Pretrained = pretrained,
                Signatures = new() { UseBatchStatistics = true },
                Accuracies = [.. from setup in setups from row in rows where setup.Has(row) select new ReportedAccuracy(setup.ToString(), row.TrainingSize, row.Seed, row.Accuracy)],
                CancellationToken = cancellation,
            });
            current.Value = current.MaxValue;
        });
    }
}
