namespace FeatureReuse;

/// <summary>A trained two-layer ReLU network.</summary>
public sealed class TwoLayerReluTransformer : ShallowRegressionTransformer<TwoLayerReluOptions>
{
    /// <summary>The key of the description in a file's metadata.</summary>
    internal const string Kind = "mlnet.two-layer-relu";

    internal TwoLayerReluTransformer(TwoLayerReluNetwork network, SavedRegression<TwoLayerReluOptions> saved)
        : base(network, saved) => Network = network;

    /// <summary>Gets F1 = sum |w_h| |v_h|.</summary>
    public double PathNorm => Network.ComputePathNorm();

    /// <summary>Gets the trained network, which nothing changes.</summary>
    internal TwoLayerReluNetwork Network { get; }

    /// <inheritdoc cref="DiagonalLinearTransformer.Load"/>
    public static TwoLayerReluTransformer Load(string path) => ModelFile.Load(path, Read);

    internal static TwoLayerReluTransformer Read(ModelFile file)
    {
        var saved = SavedRegression<TwoLayerReluOptions>.Parse(file.DescriptionOf(Kind));
        return new(ShallowTensors.ReadRelu(file), saved);
    }

    private protected override void Write(Stream stream)
        => ModelFile.Write(stream, ShallowTensors.ToTensors(Network), (Kind, Saved.ToJson()));

    private protected override OnnxGraph CreateGraph() => OnnxShallow.GraphOf(Network);

    private protected override OnnxGraph CreateGraphOfColumns()
        => OnnxShallow.GraphOf(Network, Options.FeatureColumnName, Options.ScoreColumnName);
}
