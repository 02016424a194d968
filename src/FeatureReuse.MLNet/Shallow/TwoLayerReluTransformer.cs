using FeatureReuse.Shallow;

namespace FeatureReuse.MLNet;

/// <summary>A trained two-layer ReLU network.</summary>
public sealed class TwoLayerReluTransformer : ShallowTransformer
{
    internal TwoLayerReluTransformer(TwoLayerReluNetwork network, TwoLayerReluOptions options, string[] featureNames, GradientDescentResult training, int seed)
        : base(options.FeatureColumnName, options.ScoreColumnName, featureNames, training, seed)
    {
        Network = network;
        Options = options;
    }

    /// <summary>The options that the model was trained with.</summary>
    public TwoLayerReluOptions Options { get; }

    /// <summary>F1 = sum |w_h| |v_h|.</summary>
    public double PathNorm => Network.PathNorm();

    /// <summary>The network, as it ended; training changes a copy.</summary>
    internal TwoLayerReluNetwork Network { get; }

    private protected override Predictor CreatePredictor()
    {
        var hidden = new float[Network.Stride];
        return features => Network.Predict(features, 0, hidden);
    }
}
