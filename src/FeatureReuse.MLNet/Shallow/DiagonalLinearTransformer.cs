using System.Numerics.Tensors;
using FeatureReuse.Shallow;

namespace FeatureReuse.MLNet;

/// <summary>A trained diagonal linear network: Score = features . beta.</summary>
public sealed class DiagonalLinearTransformer : ShallowTransformer
{
    private readonly float[] _coefficients;

    internal DiagonalLinearTransformer(DiagonalNetwork network, DiagonalLinearOptions options, string[] featureNames, GradientDescentResult? training, int seed)
        : base(options.FeatureColumnName, options.ScoreColumnName, featureNames, training, seed)
    {
        Network = network;
        Options = options;
        _coefficients = network.Coefficients();
    }

    /// <summary>The options that the model was trained with.</summary>
    public DiagonalLinearOptions Options { get; }

    /// <summary>beta, one coefficient a feature, in the order of <see cref="ShallowTransformer.FeatureNames"/>.</summary>
    public IReadOnlyList<float> Coefficients => _coefficients;

    /// <summary>The features by the size of their coefficients, the largest first.</summary>
    public IReadOnlyList<(string Name, float Coefficient)> RankedFeatures => [.. FeatureNames.Zip(_coefficients).OrderByDescending(feature => Math.Abs(feature.Second))];

    /// <summary>The network, as it ended; training changes a copy.</summary>
    internal DiagonalNetwork Network { get; }

    private protected override Predictor CreatePredictor() => features => TensorPrimitives.Dot(features, _coefficients);
}
