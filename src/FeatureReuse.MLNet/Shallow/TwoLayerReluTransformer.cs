namespace FeatureReuse;

/// <summary>A trained two-layer ReLU network.</summary>
public sealed class TwoLayerReluTransformer : ShallowRegressionTransformer<TwoLayerReluOptions>
{
    internal const string Kind = "mlnet.two-layer-relu";

    internal TwoLayerReluTransformer(TwoLayerReluNetwork network, SavedModel saved)
        : base(network, saved) => Network = network;

    /// <summary>Gets the path norm F1: the sum of |w_h| |v_h| over the hidden units.</summary>
    public double PathNorm => Network.ComputePathNorm();

    internal TwoLayerReluNetwork Network { get; }

    /// <inheritdoc cref="DiagonalLinearTransformer.Load"/>
    public static TwoLayerReluTransformer Load(string path) => ModelFile.Load(path, Read);

    internal static TwoLayerReluTransformer Read(ModelFile file)
        => new(ShallowTensors.ReadRelu(file), Describe(file.DescriptionOf(Kind)));

    private protected override void Write(Stream stream)
        => ModelFile.Write(stream, ShallowTensors.ToTensors(Network), (Kind, JsonSerializer.Serialize(Saved, ModelJson.Format)));

    private protected override OnnxGraph CreateGraph(string input, string output) => OnnxShallow.GraphOf(Network, input, output);
}
