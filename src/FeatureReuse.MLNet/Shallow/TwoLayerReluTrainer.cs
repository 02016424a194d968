namespace FeatureReuse;

/// <summary>
/// Trains a two-layer ReLU network without biases for regression: from scratch, by finetuning, or together with an auxiliary task.
/// Source: Lippl and Lindsey, arXiv 2310.02396.
/// </summary>
/// <remarks>In: features, Vector&lt;Single&gt;, normalised to similar scales, and a label, Single. Out: Score, Single.</remarks>
public sealed class TwoLayerReluTrainer : ShallowTrainer<TwoLayerReluOptions, TwoLayerReluTransformer>
{
    internal TwoLayerReluTrainer(IHostEnvironment environment, TwoLayerReluOptions options)
        : base(environment, "FeatureReuse.TwoLayerRelu", options)
    {
    }

    private protected override TwoLayerReluTransformer Train(
        IReadOnlyList<RegressionSamples> tasks, GradientDescentOptions training,
        Func<GradientDescentResult?, SavedRegression<TwoLayerReluOptions>> describe)
    {
        int seed = training.Seed!.Value;
        TwoLayerReluNetwork network = Options.Pretrained is { } pretrained
            ? pretrained.Network.ForFinetuning(Options.Rescaling, Options.ReadoutScale, seed)
            : new TwoLayerReluNetwork(tasks[0].Width, Options.HiddenUnits, tasks.Count, Options.InitialScale, seed);
        return new(network, describe(network.Train(tasks, training)));
    }
}
