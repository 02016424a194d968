using System.Collections.Concurrent;
using Papers.Running;
using Papers.TeacherStudent.LinearModels;

namespace Papers.TeacherStudent;

/// <summary>Trains diagonal linear networks on sparse linear teachers.</summary>
internal sealed class DiagonalExperiment(DiagonalSettings settings, ConcurrentDictionary<int, Lazy<DiagonalNetwork>> pretrained)
    : Experiment<DiagonalNetwork>(settings, pretrained)
{
    protected override GradientDescentOptions PretrainingOptions { get; }
        = new() { LearningRate = .5, LossThreshold = 1e-10, MaximumEpochs = 1_000_000 };

    /// <summary>
    /// In MTL the auxiliary task has the scale of the main task: the losses agree with the published ones then, and differ by two decades
    /// otherwise.
    /// </summary>
    protected override TeacherPair Teachers(int seed, string setup)
    {
        TeacherScale scale = setup == Setups.MultiTask ? settings.Teachers.Scale : TeacherScale.Sqrt;
        return TeacherPair.CreateDiagonal(settings.Teachers with { Seed = seed, AuxiliaryScale = scale });
    }

    protected override DiagonalNetwork New(int tasks, int seed) => new(settings.Teachers.Dimension, tasks);

    protected override DiagonalNetwork ForFinetuning(DiagonalNetwork network, int seed)
        => network.ForFinetuning(settings.Rescaling, settings.ReadoutScale, settings.Rebalance);

    protected override GradientDescentOptions Training(string setup)
    {
        int epochs = settings.Teachers.Scale == TeacherScale.Sqrt ? 1_000_000 : 100_000;
        return new() { LearningRate = .1, LossThreshold = 1e-10, MaximumEpochs = epochs };
    }

    protected override DiagonalNetwork Pretrain(DiagonalNetwork network, RegressionSamples samples, CancellationToken cancellation)
        => settings.SolvePretraining ? network.FindGradientFlowLimit(samples, cancellation) : base.Pretrain(network, samples, cancellation);

    protected override GradientDescentResult Train(
        DiagonalNetwork network, RegressionSamples[] tasks, GradientDescentOptions options, string setup)
        => network.Train(tasks, options, readoutOnly: Setups.IsProbe(setup));

    protected override Outcome? Solve(
        DiagonalNetwork network, RegressionSamples main, RegressionSamples validation, GradientDescentOptions options, string setup)
    {
        if (Setups.IsLinearized(setup))
            return Outcome.From(RidgeRegression.FitTangentKernel(network, main, validation));
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
