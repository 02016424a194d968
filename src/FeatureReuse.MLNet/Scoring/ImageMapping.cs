using Onnx;
using TorchSharp;
using static TorchSharp.torch;

namespace FeatureReuse;

/// <summary>Computes a fixed number of floats from each image, which the output columns are made of.</summary>
internal abstract class ImageMapping(
    ImageClassifier network, DataViewSchema input, string imageColumnName, params DataViewSchema.DetachedColumn[] outputs)
    : ColumnMapper(RequiredColumn.In(input, imageColumnName), outputs)
{
    public ImageClassifier Network => network;
    public ImageColumn Images { get; } = ImageColumn.From(input, imageColumnName, network.Input);

    /// <summary>Gets the number of floats a row.</summary>
    public abstract int Width { get; }

    /// <summary>Maps images [n, channels, height, width] on the network's device to [n, width].</summary>
    protected abstract Tensor Compute(Tensor images);

    /// <summary>Creates the getter of an output column, by its number, from the floats of the current row.</summary>
    public abstract Delegate CreateGetter(int output, Func<ReadOnlyMemory<float>> currentRow);

    public override IDataView Transform(IDataView input) => new BatchedDataView(input, this);

    protected override Func<int, Delegate> Open(DataViewRow row)
    {
        var image = new ImageGetter(row, Images);
        float[] values = [];
        long computed = -1;
        return output => CreateGetter(output, () =>
        {
            if (computed != row.Position)
                (values, computed) = (Compute(image.Read(), 1), row.Position);
            return values;
        });
    }

    protected override Func<OnnxGraph> Graph => () =>
    {
        var graph = new OnnxGraph(Network.Architecture.Name);
        string images = graph.Cast(graph.Input(Images.Name), TensorProto.Types.DataType.Float);
        ImageShape shape = Images.Shape;
        images = graph.Reshape(images, "images.shape", -1, shape.Channels, shape.Height, shape.Width);
        AddOutputs(graph, OnnxClassifier.Features(graph, Network, images));
        return graph;
    };

    /// <summary>Adds the output columns to a graph; <paramref name="features"/> is the value that the readout reads.</summary>
    protected abstract void AddOutputs(OnnxGraph graph, string features);

    /// <summary>Computes a batch of images, laid end to end as bytes.</summary>
    public float[] Compute(ReadOnlySpan<byte> pixels, int rows)
    {
        ObjectDisposedException.ThrowIf(Network.IsDisposed, typeof(NetworkTransformer));
        ImageShape shape = Images.Shape;
        using Tensor batch = empty([rows, shape.Channels, shape.Height, shape.Width], dtype: Images.PixelType.ScalarType);
        pixels[..(rows * Images.BytesPerImage)].CopyTo(batch.bytes);
        return Inference.Values(() => Compute(batch.to(Network.Device)));
    }

    /// <summary>Creates a getter of all floats of the row as one vector.</summary>
    protected ValueGetter<VBuffer<float>> VectorGetter(Func<ReadOnlyMemory<float>> currentRow)
        => Vectors.Getter<float>(Width, values => currentRow().Span.CopyTo(values));
}
