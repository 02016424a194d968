namespace FeatureReuse;

/// <summary>A trained two-layer ReLU network.</summary>
public sealed class TwoLayerReluTransformer : ShallowRegressionTransformer<TwoLayerReluOptions>
{
    internal const string Kind = "mlnet.two-layer-relu";

    internal TwoLayerReluTransformer(TwoLayerReluNetwork network, SavedModel saved)
        : base(network, saved) => Network = network;

    /// <summary>Gets F1 = sum |w_h| |v_h|.</summary>
    public double PathNorm => Network.ComputePathNorm();

    internal TwoLayerReluNetwork Network { get; }

    /// <inheritdoc cref="DiagonalLinearTransformer.Load"/>
    public static TwoLayerReluTransformer Load(string path) => ModelFile.Load(path, Read);

    internal static TwoLayerReluTransformer Read(ModelFile file)
        => new(ShallowTensors.ReadRelu(file), ModelJson.Parse<SavedModel>(file.DescriptionOf(Kind)));

    private protected override void Write(Stream stream)
        => ModelFile.Write(stream, ShallowTensors.ToTensors(Network), (Kind, JsonSerializer.Serialize(Saved, ModelJson.Format)));

    private protected override OnnxGraph CreateGraph(string input, string output) => OnnxShallow.GraphOf(Network, input, output);
}
