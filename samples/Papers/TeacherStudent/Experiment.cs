using System.Collections.Concurrent;
using System.Diagnostics;
using Papers.Running;
using Spectre.Console;

namespace Papers.TeacherStudent;

/// <summary>Trains networks of one kind on a main task, in every setup.</summary>
/// <typeparam name="TNetwork">The kind of network.</typeparam>
/// <param name="settings">The options of all runs.</param>
/// <param name="pretrained">Networks by seed, created as needed; experiments with the same auxiliary task may share them.</param>
internal abstract class Experiment<TNetwork>(ExperimentSettings settings, ConcurrentDictionary<int, Lazy<TNetwork>> pretrained)
    where TNetwork : ShallowNetwork
{
    private const int Validation = 1;
    private const int ValidationCount = 10_000;
    private const int PretrainingCount = 1024;

    /// <summary>Validation rows by seed, kept while a run uses them: 40 MB each for diagonal networks.</summary>
    private readonly ConcurrentDictionary<int, WeakReference<RegressionSamples>> _validation = new();

    /// <summary>Gets the learning rate, threshold and limit of the auxiliary task.</summary>
    protected abstract GradientDescentOptions PretrainingOptions { get; }

    public IEnumerable<JobGroup<Run>> Jobs(
        IEnumerable<string> setups, IEnumerable<int> sizes, IEnumerable<int> seeds, CancellationToken cancellation)
        => from setup in setups
           from size in sizes
           from seed in seeds
           let job = settings.RunOf(setup, size, seed)
           select new JobGroup<Run>([job], (_, bar) => [Do(job, bar, cancellation)]);

    protected abstract TeacherPair Teachers(int seed, string setup);

    protected abstract TNetwork New(int tasks, int seed);

    protected abstract TNetwork ForFinetuning(TNetwork network, int seed);

    /// <summary>Gets the learning rate, threshold, limit and batches of the main task.</summary>
    protected abstract GradientDescentOptions Training(string setup);

    /// <summary>Trains from scratch on the auxiliary task.</summary>
    protected virtual TNetwork Pretrain(TNetwork network, RegressionSamples samples, CancellationToken cancellation)
    {
        Train(network, [samples], PretrainingOptions with { Threads = 1, CancellationToken = cancellation }, Setups.SingleTask);
        return network;
    }

    protected abstract GradientDescentResult Train(
        TNetwork network, RegressionSamples[] tasks, GradientDescentOptions options, string setup);

    /// <summary>Computes the result of a setup that needs no gradient descent; returns null for the others.</summary>
    protected abstract Outcome? Solve(
        TNetwork network, RegressionSamples main, RegressionSamples validation, GradientDescentOptions options, string setup);

    private Run Do(Run job, ProgressTask bar, CancellationToken cancellation)
    {
        (string setup, int seed) = (job.Setup, job.Seed);
        bar.Description = $"{setup}, n = {job.TrainingSize}, seed {seed}";
        TeacherPair teachers = Teachers(seed, setup);
        RegressionSamples validation = ValidationOf(teachers, seed);
        List<RegressionSamples> tasks = [teachers.Sample(TeacherTask.Main, job.TrainingSize)];
        TNetwork network;
        if (setup == Setups.MultiTask)
        {
            tasks.Add(teachers.Sample(TeacherTask.Auxiliary, PretrainingCount));
            network = New(tasks: 2, seed);
        }
        else
        {
            network = ForFinetuning(Setups.IsPretrained(setup) ? Pretrained(teachers, seed, cancellation) : New(tasks: 1, seed), seed);
        }
        var watch = Stopwatch.StartNew();
        GradientDescentOptions training = Training(setup);
        training = training with
        {
            LearningRate = settings.LearningRate ?? training.LearningRate,
            MaximumEpochs = settings.MaximumEpochs ?? training.MaximumEpochs,
            Seed = seed,
            Threads = 1,
            Validation = settings.AtEnd ? null : validation,
            CancellationToken = cancellation,
        };
        Outcome outcome = Solve(network, tasks[0], validation, training, setup)
            ?? Descend(network, [.. tasks], validation, training, setup);
        return job with
        {
            TrainingLoss = outcome.TrainingLoss,
            GeneralisationLoss = outcome.GeneralisationLoss,
            Steps = outcome.Steps,
            Seconds = Math.Round(watch.Elapsed.TotalSeconds, 3),
        };
    }

    private Outcome Descend(
        TNetwork network, RegressionSamples[] tasks, RegressionSamples validation, GradientDescentOptions options, string setup)
    {
        GradientDescentResult result = Train(network, tasks, options, setup);
        options.CancellationToken.ThrowIfCancellationRequested();
        return result.StopReason != GradientDescentStopReason.Diverged
            ? new(network.ComputeLoss(tasks[0]), result.LeastValidationLoss ?? network.ComputeLoss(validation), result.Steps)
            : throw new InvalidOperationException($"{setup} with n = {tasks[0].Count} and seed {options.Seed} "
                + $"diverged at every learning rate down to {result.LearningRate}.");
    }

    /// <summary>The run that needs a network first trains it; the others wait.</summary>
    private TNetwork Pretrained(TeacherPair teachers, int seed, CancellationToken cancellation)
        => pretrained.GetOrAdd(seed, _ => new(() =>
        {
            TNetwork network = Pretrain(New(tasks: 1, seed), teachers.Sample(TeacherTask.Auxiliary, PretrainingCount), cancellation);
            cancellation.ThrowIfCancellationRequested();
            return network;
        })).Value;

    private RegressionSamples ValidationOf(TeacherPair teachers, int seed)
    {
        WeakReference<RegressionSamples> kept = _validation.GetOrAdd(seed, _ => new(null!));
        lock (kept)
        {
            if (!kept.TryGetTarget(out RegressionSamples? samples))
            {
                samples = teachers.Sample(TeacherTask.Main, ValidationCount, Validation);
                kept.SetTarget(samples);
            }
            return samples;
        }
    }
}
