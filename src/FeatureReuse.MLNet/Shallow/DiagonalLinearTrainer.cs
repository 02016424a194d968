namespace FeatureReuse;

/// <summary>
/// Trains a diagonal linear network for regression: a linear model without intercept whose training selects features, guided by a
/// pretrained model or an auxiliary task. Source: Lippl and Lindsey, arXiv 2310.02396.
/// </summary>
/// <remarks>In: features, Vector&lt;Single&gt;, normalised to similar scales, and a label, Single. Out: Score, Single.</remarks>
public sealed class DiagonalLinearTrainer : ShallowTrainer<DiagonalLinearOptions, DiagonalLinearTransformer>
{
    internal DiagonalLinearTrainer(IHostEnvironment environment, DiagonalLinearOptions options)
        : base(environment, "FeatureReuse.DiagonalLinear", options)
    {
    }

    private protected override DiagonalLinearTransformer Train(
        IReadOnlyList<RegressionSamples> tasks, GradientDescentOptions training,
        Func<GradientDescentResult?, SavedRegression<DiagonalLinearOptions>> describe)
    {
        DiagonalNetwork network = Options.Pretrained is { } pretrained
            ? pretrained.Network.ForFinetuning(Options.Rescaling, Options.ReadoutScale, Options.Rebalance)
            : new DiagonalNetwork(tasks[0].Width, tasks.Count, Options.InitialScale);
        GradientDescentResult? result = null;
        if (Options.Solver == DiagonalSolver.GradientFlowLimit)
            network = network.FindGradientFlowLimit(tasks[0], training.CancellationToken);
        else
            result = network.Train(tasks, training, Options.ReadoutOnly);
        return new(network, describe(result));
    }
}
