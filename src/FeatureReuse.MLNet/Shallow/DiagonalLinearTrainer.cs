using Microsoft.ML.Runtime;

namespace FeatureReuse;

/// <summary>Regression by a diagonal linear network: a linear model without intercept whose training selects features, guided by a pretrained model or an auxiliary task.</summary>
/// <remarks>
/// In: features, Vector&lt;Single&gt;, of similar scale (normalise them before), and a label, Single. Out: Score, Single. Source: Lippl and Lindsey, arXiv 2310.02396.
/// </remarks>
public sealed class DiagonalLinearTrainer : ShallowEstimator<DiagonalLinearTransformer>
{
    private readonly DiagonalLinearOptions _options;

    internal DiagonalLinearTrainer(IHostEnvironment environment, DiagonalLinearOptions options)
        : base(environment, "FeatureReuse.DiagonalLinear", options) => _options = options;

    private protected override DiagonalLinearTransformer Train(RegressionSamples[] tasks, GradientDescentOptions training, string[] names, int seed)
    {
        DiagonalNetwork network = _options.Pretrained is { } pretrained
            ? pretrained.Network.ForFinetuning(_options.Rescaling, _options.ReadoutScale, _options.Rebalance)
            : new DiagonalNetwork(tasks[0].Width, tasks.Length, _options.InitialScale);
        if (_options.Solver == DiagonalSolver.GradientFlowLimit)
        {
            return new DiagonalLinearTransformer(network.FindGradientFlowLimit(tasks[0], training.CancellationToken), _options, names, training: null, seed);
        }
        GradientDescentResult result = network.Train(tasks, training, _options.ReadoutOnly);
        return new DiagonalLinearTransformer(network, _options, names, result, seed);
    }
}
