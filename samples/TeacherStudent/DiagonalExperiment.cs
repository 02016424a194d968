using System.Collections.Concurrent;
using FeatureReuse;

namespace TeacherStudent;

/// <summary>Diagonal linear networks learn sparse linear teachers.</summary>
internal sealed class DiagonalExperiment(DiagonalSettings settings, ConcurrentDictionary<int, Lazy<DiagonalNetwork>> pretrained)
    : Experiment<DiagonalNetwork>(settings, pretrained)
{
    /// <summary>In MTL the auxiliary task has the scale of the main task: the published losses are matched with it and missed by two decades without.</summary>
    protected override TeacherPair Teachers(int seed, string setup)
        => TeacherPair.CreateDiagonal(settings.Teachers with { Seed = seed, AuxiliaryScale = setup == Setups.MultiTask ? settings.Teachers.Scale : TeacherScale.Sqrt });

    protected override DiagonalNetwork New(int tasks, int seed) => new(settings.Teachers.Dimension, tasks);

    protected override DiagonalNetwork ForFinetuning(DiagonalNetwork network, int seed) => network.ForFinetuning(settings.Rescaling, settings.ReadoutScale, settings.Rebalance);

    protected override GradientDescentOptions Training(string setup)
        => new() { LearningRate = .1, LossThreshold = 1e-10, MaximumEpochs = settings.Teachers.Scale == TeacherScale.Sqrt ? 1_000_000 : 100_000 };

    protected override DiagonalNetwork Pretrain(DiagonalNetwork network, RegressionSamples samples, CancellationToken cancellation)
    {
        if (settings.SolvePretraining)
            return network.FindGradientFlowLimit(samples, cancellation);
        network.Train([samples], new() { LearningRate = .5, LossThreshold = 1e-10, MaximumEpochs = 1_000_000, Threads = 1, CancellationToken = cancellation });
        return network;
    }

    protected override GradientDescentResult Train(DiagonalNetwork network, RegressionSamples[] tasks, GradientDescentOptions options, string setup)
        => network.Train(tasks, options, readoutOnly: Setups.IsProbe(setup));

    protected override double LossOn(DiagonalNetwork network, RegressionSamples samples) => network.ComputeLoss(samples);

    protected override Outcome? Solve(DiagonalNetwork network, RegressionSamples main, RegressionSamples validation, GradientDescentOptions options, string setup)
    {
        if (Setups.IsLinearized(setup))
            return Outcome.Of(RidgeRegression.FitTangentKernel(network, main, validation));
        if (Setups.IsProbe(setup) && options.Validation is not null)
        {
            GradientDescentResult probe = LinearProbeDescent.Solve(network, main, validation, options);
            return new(probe.Loss, probe.LeastValidationLoss!.Value, probe.Steps);
        }
        if (!settings.SolveLimit || Setups.IsProbe(setup) || setup == Setups.MultiTask)
            return null;
        DiagonalNetwork limit = network.FindGradientFlowLimit(main, options.CancellationToken);
        return new(limit.ComputeLoss(main), limit.ComputeLoss(validation), Steps: 0);
    }
}
