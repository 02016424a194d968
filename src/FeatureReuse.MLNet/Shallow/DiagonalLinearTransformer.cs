using System.Numerics.Tensors;

namespace FeatureReuse;

/// <summary>A trained diagonal linear network: Score = features . beta.</summary>
public sealed class DiagonalLinearTransformer : ShallowTransformer
{
    /// <summary>The key of a file's metadata that holds the description.</summary>
    internal const string Kind = "mlnet.diagonal-linear";

    private readonly float[] _coefficients;

    internal DiagonalLinearTransformer(DiagonalNetwork network, DiagonalLinearOptions options, string[] featureNames, GradientDescentResult? training, int seed, string? version = null)
        : base(options.FeatureColumnName, options.ScoreColumnName, featureNames, training, seed, version)
    {
        Network = network;
        Options = options;
        _coefficients = network.GetCoefficients();
    }

    /// <summary>The options that the model was trained with.</summary>
    public DiagonalLinearOptions Options { get; }

    /// <summary>beta, one coefficient a feature, in the order of <see cref="ShallowTransformer.FeatureNames"/>.</summary>
    public IReadOnlyList<float> Coefficients => _coefficients;

    /// <summary>The features by the size of their coefficients, the largest first.</summary>
    public IReadOnlyList<(string Name, float Coefficient)> RankedFeatures => [.. FeatureNames.Zip(_coefficients).OrderByDescending(feature => Math.Abs(feature.Second))];

    /// <summary>The network, as it ended; training changes a copy.</summary>
    internal DiagonalNetwork Network { get; }

    /// <summary>Reads what <see cref="VectorTransformer.Save(string)"/> wrote. Nothing in the file is run.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">The file holds no such model, or is damaged; the message says how.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static DiagonalLinearTransformer Load(string path) => ModelFile.Load(path, Read);

    internal static DiagonalLinearTransformer Read(ModelFile file)
    {
        SavedRegression<DiagonalLinearOptions> saved = SavedRegression<DiagonalLinearOptions>.Parse(file.DescriptionOf(Kind));
        DiagonalNetwork network = ShallowTensors.ReadDiagonal(file);
        saved.RequireWidth(network.Width);
        return new(network, saved.Options, [.. saved.FeatureNames], saved.Training, saved.Seed, saved.LibraryVersion);
    }

    /// <summary>Writes the model as ONNX (opset 17) for other runtimes and for ml.Transforms.ApplyOnnxModel. In: "features" [n, d]. Out: "score" [n, 1]; floats.</summary>
    /// <param name="path">The file, written anew or replaced; its folder must exist.</param>
    /// <exception cref="IOException">The file cannot be written; what was there before is left.</exception>
    public void ExportOnnx(string path) => OnnxFile.Write(path, OnnxShallow.GraphOf(Network));

    private protected override void Write(Stream stream) => ModelFile.Write(stream, ShallowTensors.ToTensors(Network), (Kind, SavedRegression<DiagonalLinearOptions>.From(this, Options).ToJson()));

    private protected override OnnxGraph ToOnnx(string features, string score) => OnnxShallow.GraphOf(Network, features, score);

    private protected override Predictor CreatePredictor() => features => TensorPrimitives.Dot(features, _coefficients);
}
