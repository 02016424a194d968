using System.Collections.Concurrent;
using Papers.Running;
using Papers.TeacherStudent.LinearModels;

namespace Papers.TeacherStudent;

/// <summary>Trains two-layer ReLU networks on teachers that are sums of ReLU units.</summary>
internal sealed class ReluExperiment(ReluSettings settings, ConcurrentDictionary<int, Lazy<TwoLayerReluNetwork>> pretrained)
    : Experiment<TwoLayerReluNetwork>(settings, pretrained)
{
    protected override GradientDescentOptions PretrainingOptions { get; }
        = new() { LearningRate = .1, LossThreshold = 1e-8, MaximumEpochs = 100_000 };

    protected override TeacherPair Teachers(int seed, string setup) => TeacherPair.CreateRelu(settings.Teachers with { Seed = seed });

    /// <summary>
    /// Draws a first layer that is sqrt(2 / d) times as large as the paper's 1e-3 sqrt(2 / d). The published losses of one-unit main tasks
    /// at 128 rows and more agree with it, and are half as high as with the stated one. The others hardly depend on it.
    /// </summary>
    protected override TwoLayerReluNetwork New(int tasks, int seed)
        => new(settings.Teachers.Dimension, settings.HiddenUnits, tasks, 1e-3 * Math.Sqrt(2.0 / settings.Teachers.Dimension), seed);

    protected override TwoLayerReluNetwork ForFinetuning(TwoLayerReluNetwork network, int seed)
        => network.ForFinetuning(settings.Rescaling, settings.ReadoutScale, seed);

    /// <summary>
    /// Uses rate 1 for MTL and .1 otherwise. The paper's configuration has 1 for the larger teacher too, but steps of 1 oscillate there
    /// without diverging or converging, and the published losses agree with .1.
    /// </summary>
    protected override GradientDescentOptions Training(string setup) => new()
    {
        LearningRate = setup == Setups.MultiTask ? 1 : .1,
        LossThreshold = 1e-8,
        MaximumEpochs = 100_000,
        BatchSize = 128,
    };

    protected override GradientDescentResult Train(
        TwoLayerReluNetwork network, RegressionSamples[] tasks, GradientDescentOptions options, string setup)
        => network.Train(tasks, options);

    protected override Outcome? Solve(
        TwoLayerReluNetwork network, RegressionSamples main, RegressionSamples validation, GradientDescentOptions options, string setup)
        => Setups.IsProbe(setup) ? Outcome.From(RidgeRegression.FitLinearProbe(network, main, validation))
            : Setups.IsLinearized(setup) ? Outcome.From(RidgeRegression.FitTangentKernel(network, main, validation))
            : null;
}
