using System.Diagnostics;
using System.Globalization;
using FeatureReuse;
using FeatureReuse.Samples;
using FeatureReuse.Samples.Cifar;
using Microsoft.ML;
using Microsoft.ML.Data;
using Spectre.Console;

namespace CifarFinetuning;

/// <summary>All setups at all sizes, seed by seed: one pretraining a seed, then the runs on the main task.</summary>
internal static class Comparison
{
    public static int Run(Settings settings, CancellationToken cancellation)
    {
        var file = new CsvFile<ResultRow>(settings.CsvPath);
        Setup[] setups = Setup.All(settings);
        int total = settings.Seeds.Length * settings.TrainingSizes.Length * setups.Length;
        List<ResultRow> done = [];
        try
        {
            AnsiConsole.Progress().Start(progress =>
            {
                ProgressTask all = progress.AddTask("all runs", maxValue: total);
                ProgressTask current = progress.AddTask("starting");
                foreach (int seed in settings.Seeds)
                    RunSeed(settings, seed, setups, file, done, all, current, cancellation);
                current.Value = current.MaxValue;
            });
        }
        catch (OperationCanceledException)
        {
            Console.WriteLine($"Stopped. {done.Count} of {total} runs are kept in {file.FullPath}; the same command goes on from there.");
            return 130;
        }
        ResultTable.Print(settings, done);
        ChoiceSummary.Print(settings, done);
        Console.WriteLine($"One line a run, with all settings: {file.FullPath}");
        if (settings.Report is { } report)
        {
            try
            {
                Report.Write(settings, report, done, cancellation);
            }
            catch (OperationCanceledException)
            {
                Console.WriteLine($"Stopped before the report; the same command goes on from there.");
                return 130;
            }
            Console.WriteLine($"The report: {Path.GetFullPath(report)}");
        }
        return 0;
    }

    private static void RunSeed(Settings settings, int seed, Setup[] setups, CsvFile<ResultRow> file, List<ResultRow> done, ProgressTask all, ProgressTask current, CancellationToken cancellation)
    {
        List<(Setup Setup, ResultRow Row)> missing = [];
        foreach (Setup setup in setups)
        {
            foreach (int size in settings.TrainingSizes)
            {
                ResultRow run = Describe(settings, setup, size, seed);
                if (file.Rows.FirstOrDefault(row => run.IsSameRun(row, setup.IsChoice)) is { } finished)
                {
                    done.Add(finished);
                    all.Increment(1);
                }
                else
                {
                    missing.Add((setup, run));
                }
            }
        }
        if (missing.Count == 0)
            return;

        var ml = new MLContext(seed);
        TaskData data = TaskData.Load(ml, settings, seed);
        using NetworkTransformer pretrained = Pretrained(settings, ml, data, seed, current, cancellation);
        foreach ((Setup setup, ResultRow run) in missing)
        {
            IDataView main = data.MainTask(run.TrainingSize);
            IEstimator<NetworkTransformer> estimator = EstimatorOf(settings, ml, pretrained, setup, run.TrainingSize, seed, current, cancellation);
            var watch = Stopwatch.StartNew();
            using NetworkTransformer model = estimator.Fit(main);
            double seconds = watch.Elapsed.TotalSeconds;
            MulticlassClassificationMetrics metrics = ml.MulticlassClassification.Evaluate(model.Transform(data.Test));
            TrainingHistory history = model.LastTraining!.History;
            ResultRow row = run with
            {
                Rescaling = model.LastTraining!.Rescaling.Factor,
                Accuracy = metrics.MicroAccuracy,
                LogLoss = metrics.LogLoss,
                TrainingLoss = history.Epochs[^1].Loss,
                Epochs = history.Epochs.Count,
                Seconds = seconds,
                Device = model.Runs[^1].Device,
                Threads = model.Runs[^1].Threads,
            };
            file.Append(row);
            done.Add(row);
            all.Increment(1);
        }
    }

    /// <summary>From the folder of pretrained networks, if it was made in the same way before.</summary>
    public static NetworkTransformer Pretrained(Settings settings, MLContext ml, TaskData data, int seed, ProgressTask current, CancellationToken cancellation)
    {
        TrainingOptions training = Recipes.Pretraining(settings) with { Seed = seed, Device = settings.Device };
        string key = string.Create(CultureInfo.InvariantCulture, $"{settings.Network}|{settings.DataFingerprint}|{settings.AuxiliaryImages}|{ModelCache.Describe(training)}");
        return new ModelCache(settings.Cache).Get(string.Create(CultureInfo.InvariantCulture, $"pretrained-{settings.DataName}-seed{seed}"), key, () => ml.FeatureReuse.Pretrain(new()
        {
            Architecture = settings.Network,
            Training = Watched(training, current, string.Create(CultureInfo.InvariantCulture, $"seed {seed}: pretraining"), cancellation),
        }).Fit(data.Auxiliary), AnsiConsole.WriteLine, cancellation);
    }

    /// <summary>The way of a setup to the main task.</summary>
    public static IEstimator<NetworkTransformer> EstimatorOf(
        Settings settings, MLContext ml, NetworkTransformer pretrained, Setup setup, int size, int seed, ProgressTask current, CancellationToken cancellation)
    {
        TrainingOptions recipe = (setup.Name == Setup.LinearProbe ? Recipes.Probing(settings) : Recipes.Finetuning(settings)) with { Device = settings.Device };
        TrainingOptions training = Watched(recipe, current, string.Create(CultureInfo.InvariantCulture, $"seed {seed}: {setup}, n = {size}"), cancellation);
        return setup.Name switch
        {
            Setup.SingleTask => ml.FeatureReuse.Pretrain(new() { Architecture = settings.Network, Training = training }),
            Setup.LinearProbe => ml.FeatureReuse.LinearProbe(pretrained, new() { Training = training }),
            _ => ml.FeatureReuse.Finetune(pretrained, new() { Rescaling = setup.Rescaling with { Progress = new CurrentChoice(current) }, Training = training }),
        };
    }

    private static TrainingOptions Watched(TrainingOptions options, ProgressTask bar, string what, CancellationToken cancellation)
        => options with { CancellationToken = cancellation, Progress = new CurrentRun(bar, what) };

    private static ResultRow Describe(Settings settings, Setup setup, int size, int seed) => new()
    {
        Data = settings.DataName,
        Network = settings.Network.Name,
        Setup = setup.Name,
        Rescaling = setup.Rescalings[0],
        TrainingSize = size,
        Seed = seed,
        AuxiliaryImages = settings.AuxiliaryImages,
        PretrainingEpochs = settings.PretrainingEpochs,
        Version = LibraryVersion.Current,
        Options = settings.Options,
    };
}
