using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;
using Papers.Results;
using Papers.Running;
using Spectre.Console;

namespace Papers.Finetuning;

/// <summary>Compares ways to reach the main task: for each seed one pretraining, then all runs on the main task.</summary>
internal sealed class Comparison(Settings settings, CancellationToken cancellation)
{
    /// <summary>The model of the reported run, if this process trained it.</summary>
    private NetworkTransformer? _reported;

    public void Run()
    {
        settings.Data.RequireSizes(settings.TrainingSizes);
        var file = new ResultFile<ResultRow>(settings.CsvPath);
        JobGroup<ResultRow>[] bySeed = JobGroup<ResultRow>.By(job => job.Seed, settings.Jobs, RunSeed);
        ResultRow[] rows = JobRunner.Run(bySeed, file, parallel: 1, cancellation);
        int seeds = settings.Seeds.Length;
        string spread = seeds == 1 ? $"seed {settings.Seeds[0]}" : $"mean ± standard deviation over {seeds} seeds";
        SizeTable.Print(
            $"Test accuracy, {spread} ({settings.Data.Name}, {settings.Network})",
            ["setup"],
            rows,
            row => [row.Name],
            row => row.TrainingSize,
            alike => Statistic.From([.. alike.Select(row => row.Accuracy)]).ToDeviationText());
        ChoiceSummary.Print(rows);
        Console.WriteLine($"Results, one line per run with all settings: {file.FullPath}");
        if (settings.Report is { } report)
            WriteReport(report, rows);
    }

    private IEnumerable<ResultRow> RunSeed(IReadOnlyList<ResultRow> jobs, ProgressTask bar)
    {
        int seed = jobs[0].Seed;
        var ml = new MLContext(seed);
        TransferTasks tasks = settings.Data.Load(ml, settings.AuxiliaryImages, seed);
        using NetworkTransformer pretrained = Pretrain(ml, tasks, seed, bar);
        foreach (ResultRow job in jobs)
        {
            IDataView main = ml.Data.TakeRows(tasks.Main, job.TrainingSize);
            ClassifierEstimator estimator = CreateEstimator(ml, pretrained, job, bar);
            var watch = Stopwatch.StartNew();
            NetworkTransformer model = estimator.Fit(main);
            double seconds = watch.Elapsed.TotalSeconds;
            if (settings.Report is not null && job == settings.ReportedJob)
                _reported = model;
            // The report disposes of its model.
            using NetworkTransformer? passing = model == _reported ? null : model;
            MulticlassClassificationMetrics metrics = ml.MulticlassClassification.Evaluate(model.Transform(tasks.Test));
            TrainingRun run = model.LastTraining!;
            yield return job with
            {
                Rescaling = run.Rescaling.Factor,
                Accuracy = metrics.MicroAccuracy,
                LogLoss = metrics.LogLoss,
                TrainingLoss = run.History.Epochs[^1].Loss,
                Epochs = run.History.Epochs.Count,
                Seconds = seconds,
                Device = run.Device,
                Threads = run.Threads,
            };
        }
    }

    private NetworkTransformer Pretrain(MLContext ml, TransferTasks tasks, int seed, ProgressTask bar)
    {
        var options = new PretrainOptions { Architecture = settings.Network, Training = Recipes.Pretraining(settings, seed) };
        return new ModelCache(settings).Pretrain(ml, options, tasks.Auxiliary, bar, cancellation);
    }

    private ClassifierEstimator CreateEstimator(MLContext ml, NetworkTransformer pretrained, ResultRow job, ProgressTask bar)
    {
        TrainingOptions training = (job.Setup == Setups.LinearProbe ? Recipes.Probing(settings) : Recipes.Finetuning(settings)) with
        {
            CancellationToken = cancellation,
            Progress = new TrainingBar(bar, $"seed {job.Seed}: {job.Name}, n = {job.TrainingSize}"),
        };
        float[] factors = job.IsChoice ? settings.Factors : [job.Rescaling];
        RescalingChoice rescaling = RescalingChoice.From([.. factors.Select(factor => (Rescaling)factor)]);
        return job.Setup switch
        {
            Setups.SingleTask => ml.FeatureReuse.Pretrain(new() { Architecture = settings.Network, Training = training }),
            Setups.LinearProbe => ml.FeatureReuse.LinearProbe(pretrained, new() { Training = training }),
            _ => ml.FeatureReuse.Finetune(
                pretrained, new() { Rescaling = rescaling with { Progress = new ChoiceBar(bar) }, Training = training }),
        };
    }

    /// <summary>Writes all results, and the details of a model whose factor was chosen.</summary>
    private void WriteReport(string path, ResultRow[] rows)
    {
        ResultRow job = settings.ReportedJob;
        var ml = new MLContext(job.Seed);
        TransferTasks tasks = settings.Data.Load(ml, settings.AuxiliaryImages, job.Seed);
        AnsiConsole.Progress().Start(progress =>
        {
            ProgressTask bar = progress.AddTask("for the report");
            using NetworkTransformer pretrained = Pretrain(ml, tasks, job.Seed, bar);
            using NetworkTransformer model = _reported
                ?? CreateEstimator(ml, pretrained, job, bar).Fit(ml.Data.TakeRows(tasks.Main, job.TrainingSize));
            ml.FeatureReuse.SaveReport(path, model, tasks.Test, new()
            {
                Title = $"Feature reuse on {settings.Data.Name}, {settings.Network}",
                Command = settings.Command,
                Pretrained = pretrained,
                Signatures = new() { UseBatchStatistics = true },
                Accuracies = [.. rows.Select(row => new ReportedAccuracy(row.Name, row.TrainingSize, row.Seed, row.Accuracy))],
                CancellationToken = cancellation,
            });
            bar.Value = bar.MaxValue;
        });
        Console.WriteLine($"Report: {Path.GetFullPath(path)}");
    }
}
