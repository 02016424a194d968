using Microsoft.ML.Runtime;

namespace FeatureReuse;

/// <summary>Regression by a two-layer ReLU network without biases, from scratch, finetuned, or together with an auxiliary task.</summary>
/// <remarks>
/// In: features, Vector&lt;Single&gt;, of similar scale (normalise them before), and a label, Single. Out: Score, Single. Source: Lippl and Lindsey, arXiv 2310.02396.
/// </remarks>
public sealed class TwoLayerReluTrainer : ShallowEstimator<TwoLayerReluTransformer>
{
    private readonly TwoLayerReluOptions _options;

    internal TwoLayerReluTrainer(IHostEnvironment environment, TwoLayerReluOptions options)
        : base(environment, "FeatureReuse.TwoLayerRelu", options) => _options = options;

    private protected override TwoLayerReluTransformer Train(RegressionSamples[] tasks, GradientDescentOptions training, string[] names, int seed)
    {
        TwoLayerReluNetwork network = _options.Pretrained is { } pretrained
            ? pretrained.Network.ForFinetuning(_options.Rescaling, _options.ReadoutScale, seed)
            : new TwoLayerReluNetwork(tasks[0].Width, _options.HiddenUnits, tasks.Length, _options.InitialScale, seed);
        GradientDescentResult result = network.Train(tasks, training);
        return new TwoLayerReluTransformer(network, _options, names, result, seed);
    }
}
