using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;
using Papers.Results;
using Papers.Running;
using Spectre.Console;

namespace Papers.PaperFigures;

/// <summary>Runs the CIFAR-100 experiments: for each seed one pretraining, then all runs on the main task.</summary>
internal sealed class Experiment(Settings settings, CancellationToken cancellation)
{
    private readonly ResultFile<SignatureRow> _signatures = new(settings.SignaturesPath);

    public void Run()
    {
        settings.Data.RequireSizes(settings.TrainingSizes);
        var file = new ResultFile<AccuracyRow>(settings.AccuracyPath);
        JobRunner.Run(JobGroup<AccuracyRow>.By(job => job.Seed, settings.Jobs, RunSeed), file, parallel: 1, cancellation);
        foreach (var alike in file.Rows.GroupBy(row => row.Network))
        {
            SizeTable.Print($"Test accuracy of {alike.Key}: mean ± standard error (seeds)", ["setup", "rescaling", "options"],
                [.. alike.OrderBy(row => (row.Setup, row.Rescaling, row.Options))],
                row => [row.Setup, $"{row.Rescaling}", row.Options], row => row.TrainingSize,
                cell => Statistic.From([.. cell.Select(row => row.Accuracy)]).ToErrorText());
        }
        Console.WriteLine($"Accuracies, one line per run: {file.FullPath}");
        Console.WriteLine($"Signatures, one line per layer: {_signatures.FullPath}");
    }

    private IEnumerable<AccuracyRow> RunSeed(IReadOnlyList<AccuracyRow> jobs, ProgressTask bar)
    {
        int seed = jobs[0].Seed;
        var ml = new MLContext(seed);
        TransferTasks tasks = settings.Data.Load(ml, settings.AuxiliaryImages, seed);
        using NetworkTransformer? pretrained = jobs.Any(job => job.Setup == Setups.Finetuning) ? Pretrain(ml, tasks, seed, bar) : null;
        foreach (AccuracyRow job in jobs)
        {
            IDataView main = ml.Data.TakeRows(tasks.Main, job.TrainingSize);
            ClassifierEstimator estimator = CreateEstimator(ml, tasks, pretrained, job, bar);
            var watch = Stopwatch.StartNew();
            using NetworkTransformer model = estimator.Fit(main);
            double seconds = watch.Elapsed.TotalSeconds;
            TrainingRun run = model.LastTraining!;
            TrainingHistory? pretraining = null;
            if (job.Setup == Setups.Finetuning)
            {
                pretraining = pretrained!.LastTraining?.History;
                AppendSignatures(job, run.Device, ml.FeatureReuse.CompareLayers(
                    pretrained, model, ml.Data.TakeRows(tasks.Main, Recipes.MainImages), Recipes.Signatures(settings, cancellation)));
            }
            // The accuracy is written last, and so marks the job as done.
            yield return job with
            {
                Accuracy = ml.MulticlassClassification.Evaluate(model.Transform(tasks.Test)).MicroAccuracy,
                TrainingLoss = run.History.Epochs[^1].Loss,
                Epochs = run.History.Epochs.Count,
                PretrainingEpochs = pretraining?.Epochs.Count ?? 0,
                PretrainingLoss = pretraining?.Epochs[^1].Loss,
                Seconds = Math.Round(seconds, 2),
                Device = run.Device,
                Version = LibraryVersion.Current,
            };
        }
    }

    private ClassifierEstimator CreateEstimator(
        MLContext ml, TransferTasks tasks, NetworkTransformer? pretrained, AccuracyRow job, ProgressTask bar)
    {
        TrainingOptions training = Recipes.Training(settings, job.Seed, settings.MaximumEpochs) with
        {
            CancellationToken = cancellation,
            Progress = new TrainingBar(bar, $"seed {job.Seed}: {job.Setup} x{job.Rescaling}, n = {job.TrainingSize}"),
        };
        return job.Setup switch
        {
            Setups.SingleTask => ml.FeatureReuse.Pretrain(
                new() { Architecture = settings.Network, TaskName = FeatureTransfer.MainTask, Training = training }),
            Setups.MultiTask => ml.FeatureReuse.TrainMultiTask(
                new() { Architecture = settings.Network, Auxiliary = tasks.Auxiliary, Training = training }),
            _ => ml.FeatureReuse.Finetune(pretrained!, new() { Rescaling = job.Rescaling, Training = training }),
        };
    }

    /// <summary>The network has the head of the main task from the start, as in the paper.</summary>
    private NetworkTransformer Pretrain(MLContext ml, TransferTasks tasks, int seed, ProgressTask bar)
    {
        VBuffer<ReadOnlyMemory<char>> classes = default;
        tasks.Main.Schema["Label"].GetKeyValues(ref classes);
        return new ModelCache(settings).Pretrain(ml, new()
        {
            Architecture = settings.Network,
            UntrainedTasks = new Dictionary<string, IReadOnlyList<string>>
            {
                [FeatureTransfer.MainTask] = [.. classes.DenseValues().Select(name => name.ToString())],
            },
            Training = Recipes.Training(settings, seed, settings.PretrainingEpochs),
        }, tasks.Auxiliary, bar, cancellation);
    }

    private void AppendSignatures(AccuracyRow job, string device, IReadOnlyList<LayerSignature> layers)
        => _signatures.Append(layers.Select(layer => new SignatureRow
        {
            Network = job.Network,
            Rescaling = job.Rescaling,
            TrainingSize = job.TrainingSize,
            Seed = job.Seed,
            Layer = layer.Index,
            LayerName = layer.LayerName,
            PretrainedPR = layer.PretrainedDimensions,
            FinetunedPR = layer.FinetunedDimensions,
            Ensd = layer.SharedDimensions,
            Overlap = layer.Overlap,
            Device = device,
            Version = LibraryVersion.Current,
            Options = job.Options,
        }));
}
