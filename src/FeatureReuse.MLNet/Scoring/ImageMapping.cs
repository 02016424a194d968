using Onnx;
using TorchSharp;
using static TorchSharp.torch;

namespace FeatureReuse;

/// <summary>
/// What a transformer computes from images: so many floats a row, from which its output columns are read. Bound to one input schema.
/// </summary>
internal abstract class ImageMapping
{
    protected ImageMapping(ImageClassifier network, DataViewSchema inputSchema, string imageColumnName)
    {
        Network = network;
        InputSchema = inputSchema;
        Images = ImageColumn.From(inputSchema, imageColumnName, network.Input);
    }

    public ImageClassifier Network { get; }

    public DataViewSchema InputSchema { get; }

    public abstract DataViewSchema OutputSchema { get; }

    public ImageColumn Images { get; }

    /// <summary>The number of floats a row.</summary>
    public abstract int Width { get; }

    /// <summary>From images [n, channels, height, width] on the network's device to [n, width].</summary>
    protected abstract Tensor Compute(Tensor images);

    /// <summary>The getter of an output column, given the floats of the current row.</summary>
    public abstract Delegate CreateGetter(DataViewSchema.Column output, Func<ReadOnlyMemory<float>> currentRow);

    /// <summary>The same computation as a graph, whose inputs and outputs have the names of the columns.</summary>
    /// <exception cref="NotSupportedException">The network's forward pass is not known.</exception>
    public OnnxGraph ToOnnx()
    {
        var graph = new OnnxGraph(Network.Architecture.Name);
        string images = graph.Cast(graph.Input(Images.Name), TensorProto.Types.DataType.Float);
        ImageShape shape = Images.Shape;
        images = graph.Reshape(images, "images.shape", -1, shape.Channels, shape.Height, shape.Width);
        AddOutputs(graph, OnnxClassifier.Features(graph, Network, images));
        return graph;
    }

    /// <summary>Adds the output columns, given what the readout reads.</summary>
    protected abstract void AddOutputs(OnnxGraph graph, string features);

    public bool IsComputed(DataViewSchema.Column column) => column.Index >= InputSchema.Count;

    public DataViewSchema.Column InputImages => InputSchema[Images.Name];

    /// <summary>Computes a batch of images, laid end to end.</summary>
    public float[] Compute<T>(ReadOnlySpan<T> pixels, int rows) where T : unmanaged
    {
        ObjectDisposedException.ThrowIf(Network.IsDisposed, typeof(NetworkTransformer));
        ImageShape shape = Images.Shape;
        using Tensor batch = empty([rows, shape.Channels, shape.Height, shape.Width],
            dtype: Images.PixelType == PixelType.Byte ? ScalarType.Byte : ScalarType.Float32);
        System.Runtime.InteropServices.MemoryMarshal.AsBytes(pixels[..(rows * shape.Size)]).CopyTo(batch.bytes);
        return Inference.Values(() => Compute(batch.to(Network.Device)));
    }

    protected static DataViewSchema Extend(DataViewSchema input, Action<DataViewSchema.Builder> addColumns)
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(input);
        addColumns(builder);
        return builder.ToSchema();
    }

    /// <summary>All floats of the row as one vector.</summary>
    protected ValueGetter<VBuffer<float>> VectorGetter(Func<ReadOnlyMemory<float>> currentRow) => (ref VBuffer<float> destination) =>
    {
        VBufferEditor<float> editor = VBufferEditor.Create(ref destination, Width);
        currentRow().Span.CopyTo(editor.Values);
        destination = editor.Commit();
    };
}
