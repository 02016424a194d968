using Onnx;
using TorchSharp;
using static TorchSharp.torch;

namespace FeatureReuse;

/// <summary>Class probabilities (Score) and the most probable class (PredictedLabel).</summary>
internal sealed class ClassificationMapping : ImageMapping
{
    private readonly Head _head;
    private readonly ScoringColumns _columns;

    public ClassificationMapping(ImageClassifier network, Head head, ClassKeys classes, ScoringColumns columns, DataViewSchema inputSchema)
        : base(network, inputSchema, columns.Image)
    {
        _head = head;
        _columns = columns;
        OutputSchema = Extend(inputSchema, builder => ClassificationColumns.Add(builder, inputSchema, columns.PredictedLabel, columns.Score, classes));
    }

    public override DataViewSchema OutputSchema { get; }

    public override int Width => _head.ClassCount;

    public override Delegate CreateGetter(DataViewSchema.Column output, Func<ReadOnlyMemory<float>> currentRow)
    {
        if (output.Type is not KeyDataViewType)
            return VectorGetter(currentRow);
        return (ValueGetter<uint>)((ref uint key) =>
        {
            ReadOnlySpan<float> probabilities = currentRow().Span;
            int best = 0;
            for (int c = 1; c < probabilities.Length; c++)
            {
                if (probabilities[c] > probabilities[best])
                    best = c;
            }
            // Keys count from 1; 0 says that there is no answer.
            key = float.IsNaN(probabilities[best]) ? 0 : (uint)best + 1;
        });
    }

    protected override void AddOutputs(OnnxGraph graph, string features)
    {
        string probabilities = OnnxClassifier.Probabilities(graph, Network, _head, features);
        string best = graph.Apply("ArgMax", [probabilities], ("axis", 1L), ("keepdims", 1L));
        string key = graph.Cast(graph.Add(best, graph.Constant("first.key", 1L)), TensorProto.Types.DataType.Uint32);
        graph.Output(_columns.PredictedLabel, key, 1);
        graph.Output(_columns.Score, probabilities, _head.ClassCount);
    }

    protected override Tensor Compute(Tensor images) => nn.functional.softmax(ImageClassifier.Slice(Network.call(images), _head), 1);
}
