using System.Collections.Concurrent;
using System.Diagnostics;
using FeatureReuse;

namespace TeacherStudent;

/// <summary>Networks of one kind learn a main task in every setup.</summary>
/// <typeparam name="TNetwork">The kind.</typeparam>
/// <param name="settings">Of all runs.</param>
/// <param name="pretrained">Networks by seed, filled as they are needed; experiments whose auxiliary task is the same may share them.</param>
internal abstract class Experiment<TNetwork>(ExperimentSettings settings, ConcurrentDictionary<int, Lazy<TNetwork>> pretrained)
{
    private const int Validation = 1;
    private const int ValidationCount = 10_000;
    private const int PretrainingCount = 1024;

    /// <summary>By seed, as long as a run is using them: 40 MB each for diagonal networks.</summary>
    private readonly ConcurrentDictionary<int, WeakReference<RegressionSamples>> _validation = new();

    public IEnumerable<Job> Jobs(IEnumerable<string> setups, IReadOnlyList<int> sizes, IReadOnlyList<int> seeds)
        => from setup in setups
           from size in sizes
           from seed in seeds
           select new Job(settings.RunOf(setup, size, seed), cancellation => Do(setup, size, seed, cancellation));

    protected abstract TeacherPair Teachers(int seed, string setup);

    protected abstract TNetwork New(int tasks, int seed);

    protected abstract TNetwork ForFinetuning(TNetwork network, int seed);

    /// <summary>Learning rate, threshold, limit and batches of the main task.</summary>
    protected abstract GradientDescentOptions Training(string setup);

    /// <summary>Trains from scratch on the auxiliary task.</summary>
    protected abstract TNetwork Pretrain(TNetwork network, RegressionSamples samples, CancellationToken cancellation);

    protected abstract GradientDescentResult Train(TNetwork network, RegressionSamples[] tasks, GradientDescentOptions options, string setup);

    protected abstract double LossOn(TNetwork network, RegressionSamples samples);

    /// <summary>What needs no gradient descent; null where it does.</summary>
    protected abstract Outcome? Solve(TNetwork network, RegressionSamples main, RegressionSamples validation, GradientDescentOptions options, string setup);

    private Outcome Do(string setup, int size, int seed, CancellationToken cancellation)
    {
        TeacherPair teachers = Teachers(seed, setup);
        RegressionSamples validation = ValidationOf(teachers, seed);
        List<RegressionSamples> tasks = [teachers.Sample(TeacherTask.Main, size)];
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
        Outcome outcome = Solve(network, tasks[0], validation, training, setup) ?? Descend(network, [.. tasks], validation, training, setup);
        return outcome with { Seconds = watch.Elapsed.TotalSeconds };
    }

    private Outcome Descend(TNetwork network, RegressionSamples[] tasks, RegressionSamples validation, GradientDescentOptions options, string setup)
    {
        GradientDescentResult result = Train(network, tasks, options, setup);
        options.CancellationToken.ThrowIfCancellationRequested();
        return result.StopReason == GradientDescentStopReason.Diverged
            ? throw new InvalidOperationException(FormattableString.Invariant($"{setup} with n = {tasks[0].Count} and seed {options.Seed} diverged at every learning rate down to {result.LearningRate}."))
            : new(LossOn(network, tasks[0]), result.LeastValidationLoss ?? LossOn(network, validation), result.Steps);
    }

    /// <summary>Made by whichever run needs it first; the others wait.</summary>
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
