using TorchSharp;
using static TorchSharp.torch;

namespace FeatureReuse;

/// <summary>Computes the activations of one layer as a vector column.</summary>
internal sealed class FeatureMapping(ImageClassifier network, FeatureTransformer.Layer layer, DataViewSchema input)
    : ImageMapping(network, input, layer.InputColumnName, new DataViewSchema.DetachedColumn(
        layer.OutputColumnName, new VectorDataViewType(NumberDataViewType.Single, layer.Width)))
{
    public override int Width => layer.Width;
    public override Delegate CreateGetter(int output, Func<ReadOnlyMemory<float>> currentRow) => VectorGetter(currentRow);

    protected override void AddOutputs(OnnxGraph graph, string features)
    {
        string last = Network.LayerNames[^2];
        if (layer.Name != last)
        {
            throw new NotSupportedException($"The activations of layer '{layer.Name}' cannot be converted to ONNX; "
                + $"of {Network.Architecture.Name} only those of '{last}', which the readout reads, can be.");
        }
        graph.Output(layer.OutputColumnName, features, Width);
    }

    protected override Tensor Compute(Tensor images) => Network.Activations(images, layer.Name);
}
