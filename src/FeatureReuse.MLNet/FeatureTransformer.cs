using System.Text.Json;

namespace FeatureReuse;

/// <summary>
/// A layer's activations as a column. One that <see cref="ExtractFeaturesEstimator"/> made uses the weights of its network, which must
/// outlive it; a loaded one owns them.
/// </summary>
/// <remarks>ml.Model.ConvertToOnnx converts a chain with it if the layer is the last before the logits; other layers are refused.</remarks>
public sealed class FeatureTransformer : ITransformer, IDisposable
{
    /// <summary>The key of a file's metadata that holds layer and columns.</summary>
    internal const string Kind = "mlnet.features";

    private readonly NetworkTransformer _pretrained;
    private readonly FeatureLayer _layer;
    private readonly bool _ownsNetwork;
    private bool _disposed;

    internal FeatureTransformer(NetworkTransformer pretrained, FeatureLayer layer, bool ownsNetwork = false)
    {
        _pretrained = pretrained;
        _layer = layer;
        _ownsNetwork = ownsNetwork;
    }

    /// <summary>The number of activations a row.</summary>
    public int FeatureCount => _layer.Width;

    /// <summary>True: rows are mapped one by one where that is asked for.</summary>
    public bool IsRowToRowMapper => true;

    /// <summary>The network whose activations they are.</summary>
    /// <exception cref="ObjectDisposedException">The transformer was disposed.</exception>
    public NetworkTransformer Pretrained
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _pretrained;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The image column is missing or of another size or type.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => Bind(inputSchema).OutputSchema;

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The image column is missing or of another size or type.</exception>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        FeatureMapping mapping = Bind(input.Schema);
        return new ConvertibleDataView(new BatchedDataView(input, mapping), input, mapping.ToOnnx);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The image column is missing or of another size or type.</exception>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => new RowMapper(Bind(inputSchema));

    /// <summary>Writes the network, the layer and the columns to a file; beside it first, then renamed.</summary>
    /// <param name="path">A safetensors file, written anew or replaced; its folder must exist.</param>
    /// <exception cref="IOException">The file cannot be written; what was there before is left.</exception>
    public void Save(string path) => WholeFile.Write(path, Write);

    /// <summary>Loads what <see cref="Save(string)"/> wrote, on the CPU. No code in the file is run.</summary>
    /// <param name="path">The file.</param>
    /// <param name="architectures">The custom architectures that the file may have.</param>
    /// <exception cref="ArgumentException">Two architectures have the same name.</exception>
    /// <exception cref="InvalidDataException">The file holds no such transformer, or is damaged; the message says how.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static FeatureTransformer Load(string path, params IReadOnlyList<NetworkArchitecture> architectures)
        => ModelFile.Load(path, file => Read(file, architectures));

    /// <summary>For mlContext.Model.Save.</summary>
    void ICanSaveModel.Save(ModelSaveContext ctx) => MLNetInternals.Save(ctx, Write);

    internal static FeatureTransformer Read(ModelFile file, IReadOnlyList<NetworkArchitecture> architectures)
    {
        FeatureLayer layer = ModelJson.Parse<FeatureLayer>(file.DescriptionOf(Kind), layer =>
        {
            Require.NotEmpty(layer.OutputColumnName, nameof(layer.OutputColumnName));
            Require.NotEmpty(layer.InputColumnName, nameof(layer.InputColumnName));
        });
        NetworkTransformer network = NetworkTransformer.Read(file, architectures);
        if (!network.LayerNames.Contains(layer.Name) || ExtractFeaturesEstimator.WidthOf(network.Network, layer.Name) != layer.Width)
        {
            network.Dispose();
            throw new InvalidDataException($"its network has no layer '{layer.Name}' of {layer.Width} activations");
        }
        return new FeatureTransformer(network, layer, ownsNetwork: true);
    }

    /// <summary>Frees the weights if they are its own.</summary>
    public void Dispose()
    {
        if (!_disposed && _ownsNetwork)
        {
            _disposed = true;
            _pretrained.Dispose();
        }
    }

    private void Write(Stream stream) => Pretrained.Write(stream, (Kind, JsonSerializer.Serialize(_layer, ModelJson.Format)));

    private FeatureMapping Bind(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return new(Pretrained.Network, _layer.Name, _layer.Width, _layer.OutputColumnName, _layer.InputColumnName, inputSchema);
    }
}
