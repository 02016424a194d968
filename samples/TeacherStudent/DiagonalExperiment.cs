using System.Collections.Concurrent;
using FeatureReuse.Shallow;
using FeatureReuse.Theory;
using FeatureReuse.Training;

namespace TeacherStudent;

/// <summary>Diagonal linear networks learn sparse linear teachers.</summary>
internal sealed class DiagonalExperiment(DiagonalSettings settings)
{
    private const int Validation = 1;
    private const int ValidationCount = 10_000;
    private const int PretrainingCount = 1024;

    /// <summary>By seed; made by whichever run comes first.</summary>
    private readonly ConcurrentDictionary<int, Lazy<DiagonalNetwork>> _pretrained = new();
    private readonly ConcurrentDictionary<int, Lazy<RegressionSamples>> _validation = new();

    public IEnumerable<Job> Jobs(string[] setups, int[] sizes, int[] seeds)
        => from setup in setups
           from size in sizes
           from seed in seeds
           select new Job(settings.RunOf(setup, size, seed), cancellation => Do(setup, size, seed, cancellation));

    private Outcome Do(string setup, int size, int seed, CancellationToken cancellation)
    {
        TeacherPair teachers = TeacherPair.Diagonal(settings.Teachers with { Seed = seed });
        RegressionSamples validation = _validation.GetOrAdd(seed, _ => new(() => teachers.Sample(TeacherTask.Main, ValidationCount, Validation))).Value;
        RegressionSamples main = teachers.Sample(TeacherTask.Main, size);
        var training = new GradientDescentOptions { LearningRate = settings.LearningRate, LossThreshold = 1e-10, MaximumEpochs = settings.MaximumSteps, Threads = 1, CancellationToken = cancellation };
        if (setup == Setups.MultiTask)
        {
            var both = new DiagonalNetwork(teachers.Dimension, tasks: 2);
            GradientDescentResult result = both.Train([main, teachers.Sample(TeacherTask.Auxiliary, PretrainingCount)], training);
            cancellation.ThrowIfCancellationRequested();
            return new(both.LossOn(main), both.LossOn(validation), result.Steps);
        }
        DiagonalNetwork start = Setups.IsPretrained(setup)
            ? _pretrained.GetOrAdd(seed, _ => new(() => Pretrain(teachers, cancellation))).Value
            : new DiagonalNetwork(teachers.Dimension);
        DiagonalNetwork network = start.ForFinetuning(settings.Rescaling, settings.ReadoutScale, settings.Rebalance);
        if (Setups.IsLinearized(setup))
        {
            RidgeResult ridge = RidgePath.Linearized(network, main, validation);
            return new(ridge.TrainingLoss, ridge.ValidationLoss, 0);
        }
        if (settings.SolveLimit && !Setups.IsProbe(setup))
        {
            DiagonalNetwork limit = network.AtFlowLimit(main, cancellation);
            return new(limit.LossOn(main), limit.LossOn(validation), 0);
        }
        long steps = network.Train([main], training, readoutOnly: Setups.IsProbe(setup)).Steps;
        cancellation.ThrowIfCancellationRequested();
        return new(network.LossOn(main), network.LossOn(validation), steps);
    }

    private DiagonalNetwork Pretrain(TeacherPair teachers, CancellationToken cancellation)
    {
        var network = new DiagonalNetwork(teachers.Dimension);
        RegressionSamples samples = teachers.Sample(TeacherTask.Auxiliary, PretrainingCount);
        if (settings.SolvePretraining)
        {
            return network.AtFlowLimit(samples, cancellation);
        }
        GradientDescentResult result = network.Train([samples], new() { LearningRate = .5, LossThreshold = 1e-10, MaximumEpochs = 1_000_000, Threads = 1, CancellationToken = cancellation });
        return result.StopReason == StopReason.Canceled ? throw new OperationCanceledException(cancellation) : network;
    }
}
