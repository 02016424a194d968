using System.Diagnostics;
using System.Globalization;
using FeatureReuse;
using FeatureReuse.MLNet;
using FeatureReuse.Samples;
using FeatureReuse.Samples.Cifar;
using FeatureReuse.Training;
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
        Setup[] setups = Setup.All(settings.Rescalings);
        int total = settings.Seeds.Length * settings.TrainingSizes.Length * setups.Length;
        List<ResultRow> done = [];
        try
        {
            AnsiConsole.Progress().Start(progress =>
            {
                ProgressTask all = progress.AddTask("all runs", maxValue: total);
                ProgressTask current = progress.AddTask("starting");
                foreach (int seed in settings.Seeds)
                {
                    RunSeed(settings, seed, setups, file, done, all, current, cancellation);
                }
                current.Value = current.MaxValue;
            });
        }
        catch (OperationCanceledException)
        {
            Console.WriteLine($"Stopped. {done.Count} of {total} runs are kept in {file.FullPath}; the same command goes on from there.");
            return 130;
        }
        ResultTable.Print(settings, done);
        Console.WriteLine($"One line a run, with all settings: {file.FullPath}");
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
                if (file.Rows.FirstOrDefault(run.IsSameRun) is { } finished)
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
        {
            return;
        }

        var ml = new MLContext(seed);
        TaskData data = TaskData.Load(ml, settings, seed);
        TrainingOptions Training(TrainingOptions options, string what) => options with
        {
            Device = settings.Device,
            CancellationToken = cancellation,
            Progress = new CurrentRun(current, string.Create(CultureInfo.InvariantCulture, $"seed {seed}: {what}")),
        };
        PretrainOptions fromScratch = new() { Network = settings.Network };
        using NetworkTransformer pretrained = ml.FeatureReuse.Pretrain(fromScratch with { Training = Training(Recipes.Pretraining(settings), "pretraining") }).Fit(data.Auxiliary);
        foreach ((Setup setup, ResultRow run) in missing)
        {
            IDataView main = data.MainTask(run.TrainingSize);
            TrainingOptions training = Training(setup.Name == Setup.LinearProbe ? Recipes.Probing : Recipes.Finetuning, $"{setup}, n = {run.TrainingSize}");
            IEstimator<NetworkTransformer> estimator = setup.Name switch
            {
                Setup.SingleTask => ml.FeatureReuse.Pretrain(fromScratch with { Training = training }),
                Setup.LinearProbe => ml.FeatureReuse.LinearProbe(pretrained, new() { Training = training }),
                _ => ml.FeatureReuse.Finetune(pretrained, new() { Rescaling = setup.Rescaling, Training = training }),
            };
            var watch = Stopwatch.StartNew();
            using NetworkTransformer model = estimator.Fit(main);
            double seconds = watch.Elapsed.TotalSeconds;
            MulticlassClassificationMetrics metrics = ml.MulticlassClassification.Evaluate(model.Transform(data.Test));
            TrainingHistory history = model.Runs[^1].History!;
            ResultRow row = run with
            {
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

    private static ResultRow Describe(Settings settings, Setup setup, int size, int seed) => new()
    {
        Data = settings.DataName,
        Network = settings.Network.Name,
        Setup = setup.Name,
        Rescaling = setup.Rescaling,
        TrainingSize = size,
        Seed = seed,
        AuxiliaryImages = settings.AuxiliaryImages,
        PretrainingEpochs = settings.PretrainingEpochs,
        Version = LibraryVersion.Current,
    };
}
