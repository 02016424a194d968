using System.Collections.Concurrent;
using FeatureReuse;

namespace TeacherStudent;

/// <summary>Two-layer ReLU networks learn teachers that are sums of ReLU units.</summary>
internal sealed class ReluExperiment(ReluSettings settings, ConcurrentDictionary<int, Lazy<TwoLayerReluNetwork>> pretrained)
    : Experiment<TwoLayerReluNetwork>(settings, pretrained)
{
    protected override TeacherPair Teachers(int seed, string setup) => TeacherPair.CreateRelu(settings.Teachers with { Seed = seed });

    /// <summary>
    /// The published losses of one-unit main tasks at 128 rows and more are those of a first layer that is sqrt(2 / d) times as large as the paper's stated
    /// 1e-3 sqrt(2 / d); with the stated one they come out twice as high. The others hardly depend on it.
    /// </summary>
    protected override TwoLayerReluNetwork New(int tasks, int seed)
        => new(settings.Teachers.Dimension, settings.HiddenUnits, tasks, 1e-3 * Math.Sqrt(2.0 / settings.Teachers.Dimension), seed);

    protected override TwoLayerReluNetwork ForFinetuning(TwoLayerReluNetwork network, int seed) => network.ForFinetuning(settings.Rescaling, settings.ReadoutScale, seed);

    /// <summary>
    /// Rate 1 for MTL, else .1. The paper's configuration has 1 for the larger teacher too, but there steps of 1 swing without end, neither diverging nor
    /// converging, and the published losses are those of .1.
    /// </summary>
    protected override GradientDescentOptions Training(string setup) => new()
    {
        LearningRate = setup == Setups.MultiTask ? 1 : .1,
        LossThreshold = 1e-8,
        MaximumEpochs = 100_000,
        BatchSize = 128,
    };

    protected override TwoLayerReluNetwork Pretrain(TwoLayerReluNetwork network, RegressionSamples samples, CancellationToken cancellation)
    {
        network.Train([samples], new() { LearningRate = .1, LossThreshold = 1e-8, MaximumEpochs = 100_000, Threads = 1, CancellationToken = cancellation });
        return network;
    }

    protected override GradientDescentResult Train(TwoLayerReluNetwork network, RegressionSamples[] tasks, GradientDescentOptions options, string setup)
        => network.Train(tasks, options);

    protected override double LossOn(TwoLayerReluNetwork network, RegressionSamples samples) => network.ComputeLoss(samples);

    protected override Outcome? Solve(TwoLayerReluNetwork network, RegressionSamples main, RegressionSamples validation, GradientDescentOptions options, string setup)
        => Setups.IsProbe(setup) ? Outcome.Of(RidgeRegression.FitLinearProbe(network, main, validation))
            : Setups.IsLinearized(setup) ? Outcome.Of(RidgeRegression.FitTangentKernel(network, main, validation))
            : null;
}
