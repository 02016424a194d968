using Onnx;
using TorchSharp;
using static TorchSharp.torch;

namespace FeatureReuse;

/// <summary>Computes a fixed number of floats from each image, which the output columns are made of.</summary>
internal abstract class ImageMapping(
    ImageClassifier network, DataViewSchema inputSchema, string imageColumnName, Action<DataViewSchema.Builder> add)
    : AddedColumns(inputSchema, add)
{
    public ImageClassifier Network => network;
    public ImageColumn Images { get; } = ImageColumn.From(inputSchema, imageColumnName, network.Input);
    public override DataViewSchema.Column Source => InputSchema[Images.Name];

    /// <summary>Gets the number of floats a row.</summary>
    public abstract int Width { get; }

    /// <summary>Maps images [n, channels, height, width] on the network's device to [n, width].</summary>
    protected abstract Tensor Compute(Tensor images);

    /// <summary>Creates the getter of an output column from the floats of the current row.</summary>
    public abstract Delegate CreateGetter(DataViewSchema.Column output, Func<ReadOnlyMemory<float>> currentRow);

    public override Func<DataViewSchema.Column, Delegate> Open(DataViewRow row)
    {
        var image = new ImageGetter(row, Images);
        float[] values = [];
        long computed = -1;
        return column => CreateGetter(column, () =>
        {
            if (computed != row.Position)
                (values, computed) = (Compute(image.Read(), 1), row.Position);
            return values;
        });
    }

    /// <summary>Converts the computation to a graph whose inputs and outputs have the names of the columns.</summary>
    /// <exception cref="NotSupportedException">The network is a custom one, whose forward pass is not known.</exception>
    public OnnxGraph ToOnnx()
    {
        var graph = new OnnxGraph(Network.Architecture.Name);
        string images = graph.Cast(graph.Input(Images.Name), TensorProto.Types.DataType.Float);
        ImageShape shape = Images.Shape;
        images = graph.Reshape(images, "images.shape", -1, shape.Channels, shape.Height, shape.Width);
        AddOutputs(graph, OnnxClassifier.Features(graph, Network, images));
        return graph;
    }

    /// <summary>Adds the output columns to a graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="features">The value that the readout reads.</param>
    protected abstract void AddOutputs(OnnxGraph graph, string features);

    /// <summary>Computes a batch of images, laid end to end as bytes.</summary>
    public float[] Compute(ReadOnlySpan<byte> pixels, int rows)
    {
        ObjectDisposedException.ThrowIf(Network.IsDisposed, typeof(NetworkTransformer));
        ImageShape shape = Images.Shape;
        using Tensor batch = empty([rows, shape.Channels, shape.Height, shape.Width],
            dtype: Images.PixelType == PixelType.Byte ? ScalarType.Byte : ScalarType.Float32);
        pixels[..(rows * Images.BytesPerImage)].CopyTo(batch.bytes);
        return Inference.Values(() => Compute(batch.to(Network.Device)));
    }

    /// <summary>Creates a getter of all floats of the row as one vector.</summary>
    protected ValueGetter<VBuffer<float>> VectorGetter(Func<ReadOnlyMemory<float>> currentRow)
        => DenseVectors.Getter<float>(Width, values => currentRow().Span.CopyTo(values));
}
