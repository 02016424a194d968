using TorchSharp;
using static TorchSharp.torch;

namespace FeatureReuse;

/// <summary>The activations of one layer as a vector column.</summary>
internal sealed class FeatureMapping : ImageMapping
{
    private readonly string _layerName;
    private readonly string _outputColumnName;

    public FeatureMapping(ImageClassifier network, string layerName, int width, string outputColumnName, string imageColumnName, DataViewSchema inputSchema)
        : base(network, inputSchema, imageColumnName)
    {
        _layerName = layerName;
        _outputColumnName = outputColumnName;
        Width = width;
        OutputSchema = Extend(inputSchema, builder => builder.AddColumn(outputColumnName, new VectorDataViewType(NumberDataViewType.Single, width)));
    }

    public override DataViewSchema OutputSchema { get; }

    public override int Width { get; }

    public override Delegate CreateGetter(DataViewSchema.Column output, Func<ReadOnlyMemory<float>> currentRow) => VectorGetter(currentRow);

    protected override void AddOutputs(OnnxGraph graph, string features)
    {
        string last = Network.LayerNames[^2];
        if (_layerName != last)
        {
            throw new NotSupportedException($"The activations of layer '{_layerName}' cannot be converted to ONNX; "
                + $"of {Network.Architecture.Name} those of '{last}' can, which the readout reads.");
        }
        graph.Output(_outputColumnName, features, Width);
    }

    protected override Tensor Compute(Tensor images) => Network.Activations(images, _layerName);
}
