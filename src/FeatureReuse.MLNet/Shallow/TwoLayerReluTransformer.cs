namespace FeatureReuse;

/// <summary>A trained two-layer ReLU network.</summary>
public sealed class TwoLayerReluTransformer : ShallowTransformer
{
    /// <summary>The key of a file's metadata that holds the description.</summary>
    internal const string Kind = "mlnet.two-layer-relu";

    internal TwoLayerReluTransformer(TwoLayerReluNetwork network, TwoLayerReluOptions options, string[] featureNames, GradientDescentResult? training, int seed, string? version = null)
        : base(options.FeatureColumnName, options.ScoreColumnName, featureNames, training, seed, version)
    {
        Network = network;
        Options = options;
    }

    /// <summary>The options that the model was trained with.</summary>
    public TwoLayerReluOptions Options { get; }

    /// <summary>F1 = sum |w_h| |v_h|.</summary>
    public double PathNorm => Network.ComputePathNorm();

    /// <summary>The network, as it ended; training changes a copy.</summary>
    internal TwoLayerReluNetwork Network { get; }

    /// <summary>Reads what <see cref="VectorTransformer.Save(string)"/> wrote. Nothing in the file is run.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">The file holds no such model, or is damaged; the message says how.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static TwoLayerReluTransformer Load(string path) => ModelFile.Load(path, Read);

    internal static TwoLayerReluTransformer Read(ModelFile file)
    {
        SavedRegression<TwoLayerReluOptions> saved = SavedRegression<TwoLayerReluOptions>.Parse(file.DescriptionOf(Kind));
        TwoLayerReluNetwork network = ShallowTensors.ReadRelu(file);
        saved.RequireWidth(network.Width);
        return new(network, saved.Options, [.. saved.FeatureNames], saved.Training, saved.Seed, saved.LibraryVersion);
    }

    /// <summary>Writes the model as ONNX (opset 17) for other runtimes and for ml.Transforms.ApplyOnnxModel. In: "features" [n, d]. Out: "score" [n, 1]; floats.</summary>
    /// <param name="path">The file, written anew or replaced; its folder must exist.</param>
    /// <exception cref="IOException">The file cannot be written; what was there before is left.</exception>
    public void ExportOnnx(string path) => OnnxFile.Write(path, OnnxShallow.GraphOf(Network));

    private protected override void Write(Stream stream) => ModelFile.Write(stream, ShallowTensors.ToTensors(Network), (Kind, SavedRegression<TwoLayerReluOptions>.From(this, Options).ToJson()));

    private protected override OnnxGraph ToOnnx(string features, string score) => OnnxShallow.GraphOf(Network, features, score);

    private protected override Predictor CreatePredictor()
    {
        var hidden = new float[Network.Stride];
        return features => Network.Predict(features, 0, hidden);
    }
}
