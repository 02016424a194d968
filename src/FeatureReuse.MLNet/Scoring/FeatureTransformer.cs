namespace FeatureReuse;

/// <summary>
/// Adds a layer's activations as a column, computed in batches as by <see cref="NetworkTransformer"/>. A fitted transformer uses the
/// weights of its network, which must outlive it; a loaded one owns them. It converts to ONNX if the layer is the last before the logits.
/// </summary>
public sealed class FeatureTransformer : ColumnTransformer, IDisposable
{
    internal const string Kind = "mlnet.features";

    private readonly NetworkTransformer _pretrained;
    private readonly Layer _layer;
    private readonly bool _ownsNetwork;
    private bool _disposed;

    internal FeatureTransformer(NetworkTransformer pretrained, Layer layer, bool ownsNetwork = false)
        => (_pretrained, _layer, _ownsNetwork) = (pretrained, layer, ownsNetwork);

    /// <summary>Gets the number of activations.</summary>
    public int FeatureCount => _layer.Width;

    /// <summary>Gets the network whose activations are added.</summary>
    /// <exception cref="ObjectDisposedException">The transformer was disposed.</exception>
    public NetworkTransformer Pretrained
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _pretrained;
        }
    }

    /// <summary>Loads what <see cref="ColumnTransformer.Save(string)"/> wrote, on the CPU. No code in the file is run.</summary>
    /// <param name="path">The file.</param>
    /// <param name="architectures">The custom architectures that the file may have.</param>
    /// <exception cref="ArgumentException">Two architectures have the same name.</exception>
    /// <exception cref="InvalidDataException">The file holds no such transformer, or is damaged; the message says how.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static FeatureTransformer Load(string path, params IReadOnlyList<NetworkArchitecture> architectures)
        => ModelFile.Load(path, file => Read(file, architectures));

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_ownsNetwork)
        {
            _disposed = true;
            _pretrained.Dispose();
        }
    }

    internal static FeatureTransformer Read(ModelFile file, IReadOnlyList<NetworkArchitecture> architectures)
    {
        Layer layer = ModelJson.Parse<Layer>(file.DescriptionOf(Kind), layer =>
        {
            Require.NotEmpty(layer.OutputColumnName, nameof(layer.OutputColumnName));
            Require.NotEmpty(layer.InputColumnName, nameof(layer.InputColumnName));
        });
        NetworkTransformer network = NetworkTransformer.Read(file, architectures);
        return Owned.Complete(network, () =>
            network.LayerNames.Contains(layer.Name) && Layer.WidthOf(network.Network, layer.Name) == layer.Width
            ? new FeatureTransformer(network, layer, ownsNetwork: true)
            : throw new InvalidDataException($"its network has no layer '{layer.Name}' of {layer.Width} activations"));
    }

    private protected override void Write(Stream stream)
        => Pretrained.Write(stream, (Kind, JsonSerializer.Serialize(_layer, ModelJson.Format)));

    private protected override ColumnMapper Bind(DataViewSchema inputSchema)
        => new FeatureMapping(Pretrained.Network, _layer, inputSchema);

    /// <summary>Describes whose activations are read, from the images of which column, into which column.</summary>
    internal sealed record Layer(string Name, int Width, string OutputColumnName, string InputColumnName)
    {
        /// <summary>Returns the number of activations of a layer for one image.</summary>
        public static int WidthOf(ImageClassifier network, string layerName)
            => (int)Inference.LayerWidths(network)[network.IndexOfLayer(layerName)];
    }
}
