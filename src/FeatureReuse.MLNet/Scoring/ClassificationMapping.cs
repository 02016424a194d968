using Onnx;
using TorchSharp;
using static TorchSharp.torch;
using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;

namespace FeatureReuse;

/// <summary>Computes class probabilities (Score) and the most probable class (PredictedLabel).</summary>
internal sealed class ClassificationMapping(
    ImageClassifier network, Head head, ClassKeys classes, ScoringColumns columns, DataViewSchema input)
    : ImageMapping(network, input, columns.Image, ScoreColumns.Classification(input, columns, classes))
{
    public override int Width => head.ClassCount;

    public override Delegate CreateGetter(int output, Func<ReadOnlyMemory<float>> currentRow)
    {
        if (GetOutputColumns()[output].Type is not KeyDataViewType)
            return VectorGetter(currentRow);
        // Keys count from 1; 0 means missing. The index is that of the first NaN if there is one.
        return (ValueGetter<uint>)((ref uint key) =>
        {
            ReadOnlySpan<float> probabilities = currentRow().Span;
            int best = TensorPrimitives.IndexOfMax(probabilities);
            key = float.IsNaN(probabilities[best]) ? 0 : (uint)best + 1;
        });
    }

    protected override void AddOutputs(OnnxGraph graph, string features)
    {
        string probabilities = OnnxClassifier.Probabilities(graph, Network, head, features);
        string best = graph.Apply("ArgMax", [probabilities], ("axis", 1L), ("keepdims", 1L));
        string key = graph.Cast(graph.Add(best, graph.Constant("first.key", 1L)), TensorProto.Types.DataType.Uint32);
        graph.Output(columns.PredictedLabel, key, 1);
        graph.Output(columns.Score, probabilities, head.ClassCount);
    }

    protected override Tensor Compute(Tensor images) => nn.functional.softmax(ImageClassifier.Slice(Network.call(images), head), 1);
}
