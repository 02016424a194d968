using System.Diagnostics;
using System.Globalization;
using FeatureReuse;
using FeatureReuse.Samples;
using FeatureReuse.Samples.Cifar;
using Microsoft.ML;
using Spectre.Console;

namespace PaperFigures;

/// <summary>Runs the jobs of a share that are not in its files yet, and keeps each one's lines as it ends.</summary>
internal sealed class Experiment
{
    private readonly Settings _settings;
    private readonly CsvFile<AccuracyRow> _accuracy;
    private readonly CsvFile<SignatureRow> _signatures;
    private readonly ModelCache _cache;
    private readonly CancellationToken _cancellation;
    private readonly Lazy<string> _dataHash;

    private Experiment(Settings settings, CancellationToken cancellation)
    {
        _settings = settings;
        _accuracy = new(settings.AccuracyPath);
        _signatures = new(settings.SignaturesPath);
        _cache = new(settings.Cache);
        _cancellation = cancellation;
        _dataHash = new(() => Cifar100Tasks.Fingerprint(settings.Data));
    }

    public static int Run(Settings settings, CancellationToken cancellation)
    {
        Cifar100Tasks.RequireSizes(settings.Data, settings.TrainingSizes);
        return new Experiment(settings, cancellation).Run();
    }

    private int Run()
    {
        AccuracyRow[] jobs = _settings.Jobs;
        HashSet<AccuracyRow> finished = [.. _accuracy.Rows.Select(row => row.Job)];
        AccuracyRow[] left = [.. jobs.Where(job => !finished.Contains(job))];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{jobs.Length} jobs, {jobs.Length - left.Length} of them done already: {_accuracy.FullPath}"));
        int done = 0;
        try
        {
            AnsiConsole.Progress().Start(progress =>
            {
                ProgressTask all = progress.AddTask("all jobs", maxValue: jobs.Length);
                all.Value = jobs.Length - left.Length;
                ProgressTask current = progress.AddTask("starting");
                foreach (var ofSeed in left.GroupBy(job => job.Seed))
                {
                    RunSeed(ofSeed.Key, [.. ofSeed], current, () =>
                    {
                        done++;
                        all.Increment(1);
                    });
                }
                current.Value = current.MaxValue;
            });
        }
        catch (OperationCanceledException)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Stopped. {jobs.Length - left.Length + done} of {jobs.Length} jobs are in {_accuracy.FullPath}; the same command goes on from there."));
            return 130;
        }
        AccuracyTable.Print([.. _accuracy.Rows]);
        Console.WriteLine($"One line a job: {_accuracy.FullPath}; one line a layer: {_signatures.FullPath}");
        return 0;
    }

    private void RunSeed(int seed, AccuracyRow[] jobs, ProgressTask bar, Action jobDone)
    {
        var ml = new MLContext(seed);
        Cifar100Tasks data = Cifar100Tasks.Load(ml, _settings.Data, _settings.AuxiliaryImages, seed);
        using NetworkTransformer? pretrained = jobs.Any(job => job.Setup == Settings.Finetuning) ? Pretrained(ml, data, seed, bar) : null;
        foreach (AccuracyRow job in jobs)
        {
            IDataView main = ml.Data.TakeRows(data.Main, job.TrainingSize);
            TrainingOptions training = Watched(Recipes.Training(_settings, seed, _settings.MaximumEpochs), bar,
                string.Create(CultureInfo.InvariantCulture, $"seed {seed}: {job.Setup} x{job.Rescaling}, n = {job.TrainingSize}"));
            IEstimator<NetworkTransformer> estimator = job.Setup switch
            {
                Settings.SingleTask => ml.FeatureReuse.Pretrain(new() { Architecture = _settings.Network, TaskName = FeatureTransfer.MainTask, Training = training }),
                Settings.MultiTask => ml.FeatureReuse.TrainMultiTask(new() { Architecture = _settings.Network, Auxiliary = data.Auxiliary, Training = training }),
                _ => ml.FeatureReuse.Finetune(pretrained!, new() { Rescaling = job.Rescaling, Training = training }),
            };
            var watch = Stopwatch.StartNew();
            using NetworkTransformer model = estimator.Fit(main);
            double seconds = watch.Elapsed.TotalSeconds;
            if (job.Setup == Settings.Finetuning)
            {
                AppendSignatures(job, ml.FeatureReuse.CompareLayers(pretrained!, model, ml.Data.TakeRows(data.Main, Recipes.MainImages), Recipes.Signatures(_settings, _cancellation)), model.Runs[^1].Device);
            }
            TrainingHistory history = model.LastTraining!.History;
            TrainingHistory? before = job.Setup == Settings.Finetuning ? pretrained!.LastTraining?.History : null;
            // The line of a job is written last, and so tells that the job is done.
            _accuracy.Append(job with
            {
                Accuracy = ml.MulticlassClassification.Evaluate(model.Transform(data.Test)).MicroAccuracy,
                TrainingLoss = history.Epochs[^1].Loss,
                Epochs = history.Epochs.Count,
                PretrainingEpochs = before?.Epochs.Count ?? 0,
                PretrainingLoss = before?.Epochs[^1].Loss,
                Seconds = Math.Round(seconds, 2),
                Device = model.Runs[^1].Device,
                Version = LibraryVersion.Current,
            });
            jobDone();
        }
    }

    /// <summary>With the main task's head in it from the start, as in the paper.</summary>
    private NetworkTransformer Pretrained(MLContext ml, Cifar100Tasks data, int seed, ProgressTask bar)
    {
        TrainingOptions training = Recipes.Training(_settings, seed, _settings.PretrainingEpochs);
        string key = string.Create(CultureInfo.InvariantCulture, $"{_settings.Network}|{_settings.AuxiliaryImages}|{_dataHash.Value}|{ModelCache.Describe(training)}");
        return _cache.Get(string.Create(CultureInfo.InvariantCulture, $"pretrained-seed{seed}"), key, () => ml.FeatureReuse.Pretrain(new()
        {
            Architecture = _settings.Network,
            UntrainedTasks = new Dictionary<string, IReadOnlyList<string>> { [FeatureTransfer.MainTask] = ClassNamesOf(data.Main) },
            Training = Watched(training, bar, string.Create(CultureInfo.InvariantCulture, $"seed {seed}: pretraining")),
        }).Fit(data.Auxiliary), AnsiConsole.WriteLine, _cancellation);
    }

    private static string[] ClassNamesOf(IDataView rows)
    {
        Microsoft.ML.Data.VBuffer<ReadOnlyMemory<char>> names = default;
        rows.Schema["Label"].Annotations.GetValue("KeyValues", ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }

    private TrainingOptions Watched(TrainingOptions options, ProgressTask bar, string what) => options with { CancellationToken = _cancellation, Progress = new CurrentRun(bar, what) };

    /// <summary>Those of a job that was killed between its layers are there already.</summary>
    private void AppendSignatures(AccuracyRow job, IReadOnlyList<LayerSignature> signatures, string device)
    {
        HashSet<SignatureRow> known = [.. _signatures.Rows.Select(row => row.Place)];
        _signatures.Append([.. signatures.Select(signature => new SignatureRow
        {
            Network = job.Network,
            Rescaling = job.Rescaling,
            TrainingSize = job.TrainingSize,
            Seed = job.Seed,
            Layer = signature.Index,
            LayerName = signature.LayerName,
            PretrainedPR = signature.PretrainedPR,
            FinetunedPR = signature.FinetunedPR,
            Ensd = signature.Ensd,
            Overlap = signature.Overlap,
            Device = device,
            Version = LibraryVersion.Current,
            Options = job.Options,
        }).Where(row => !known.Contains(row.Place))]);
    }
}
