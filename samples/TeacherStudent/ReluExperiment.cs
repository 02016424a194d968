using System.Collections.Concurrent;
using FeatureReuse.Shallow;
using FeatureReuse.Theory;
using FeatureReuse.Training;

namespace TeacherStudent;

/// <summary>Two-layer ReLU networks learn teachers that are sums of ReLU units.</summary>
internal sealed class ReluExperiment(ReluSettings settings)
{
    private const int Validation = 1;
    private const int ValidationCount = 10_000;
    private const int PretrainingCount = 1024;
    private const int BatchSize = 128;

    /// <summary>By seed; made by whichever run comes first.</summary>
    private readonly ConcurrentDictionary<int, Lazy<TwoLayerReluNetwork>> _pretrained = new();
    private readonly ConcurrentDictionary<int, Lazy<RegressionSamples>> _validation = new();

    public IEnumerable<Job> Jobs(string[] setups, int[] sizes, int[] seeds)
        => from setup in setups
           from size in sizes
           from seed in seeds
           select new Job(settings.RunOf(setup, size, seed), cancellation => Do(setup, size, seed, cancellation));

    private Outcome Do(string setup, int size, int seed, CancellationToken cancellation)
    {
        TeacherPair teachers = TeacherPair.Relu(settings.Teachers with { Seed = seed });
        RegressionSamples validation = _validation.GetOrAdd(seed, _ => new(() => teachers.Sample(TeacherTask.Main, ValidationCount, Validation))).Value;
        RegressionSamples main = teachers.Sample(TeacherTask.Main, size);
        var training = new GradientDescentOptions
        {
            LearningRate = settings.LearningRate,
            LossThreshold = 1e-8,
            MaximumEpochs = settings.MaximumEpochs,
            BatchSize = BatchSize,
            Seed = seed,
            Threads = 1,
            CancellationToken = cancellation,
        };
        if (setup == Setups.MultiTask)
        {
            var both = new TwoLayerReluNetwork(teachers.Dimension, settings.HiddenUnits, tasks: 2, seed: seed);
            GradientDescentResult result = both.Train([main, teachers.Sample(TeacherTask.Auxiliary, PretrainingCount)], training);
            cancellation.ThrowIfCancellationRequested();
            return new(both.LossOn(main), both.LossOn(validation), result.Steps);
        }
        TwoLayerReluNetwork start = Setups.IsPretrained(setup)
            ? _pretrained.GetOrAdd(seed, _ => new(() => Pretrain(teachers, seed, cancellation))).Value
            : new TwoLayerReluNetwork(teachers.Dimension, settings.HiddenUnits, seed: seed);
        TwoLayerReluNetwork network = start.ForFinetuning(settings.Rescaling, settings.ReadoutScale, seed);
        if (Setups.IsProbe(setup) || Setups.IsLinearized(setup))
        {
            RidgeResult ridge = Setups.IsProbe(setup) ? RidgePath.Probe(network, main, validation) : RidgePath.Linearized(network, main, validation);
            return new(ridge.TrainingLoss, ridge.ValidationLoss, 0);
        }
        long steps = network.Train([main], training).Steps;
        cancellation.ThrowIfCancellationRequested();
        return new(network.LossOn(main), network.LossOn(validation), steps);
    }

    private TwoLayerReluNetwork Pretrain(TeacherPair teachers, int seed, CancellationToken cancellation)
    {
        var network = new TwoLayerReluNetwork(teachers.Dimension, settings.HiddenUnits, seed: seed);
        GradientDescentResult result = network.Train([teachers.Sample(TeacherTask.Auxiliary, PretrainingCount)],
            new() { LearningRate = .1, LossThreshold = 1e-8, MaximumEpochs = 100_000, Threads = 1, CancellationToken = cancellation });
        return result.StopReason == StopReason.Canceled ? throw new OperationCanceledException(cancellation) : network;
    }
}
