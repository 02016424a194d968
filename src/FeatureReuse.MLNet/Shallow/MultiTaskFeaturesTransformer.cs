using FeatureReuse.MLNet.Internals;
using FeatureReuse.MLNet.Shallow;
using FeatureReuse.Shallow;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace FeatureReuse.MLNet;

/// <summary>Features learnt from many tasks, as a column: relu(W x), Vector&lt;Single&gt;. Immutable and safe for concurrent use.</summary>
public sealed class MultiTaskFeaturesTransformer : VectorTransformer
{
    internal MultiTaskFeaturesTransformer(MultiTaskFeatures features, MultiTaskFeaturesOptions options, int seed)
        : base(seed)
    {
        Features = features;
        Options = options;
    }

    /// <summary>The learnt first layer, with its spectrum and effective rank.</summary>
    public MultiTaskFeatures Features { get; }

    /// <summary>The options that the features were learnt with.</summary>
    public MultiTaskFeaturesOptions Options { get; }

    private protected override VectorMapping Bind(DataViewSchema inputSchema)
    {
        DataViewSchema.Column inputs = FeatureVectors.Require(inputSchema, Options.InputColumnName, Features.Width);
        return new VectorMapping(inputSchema, inputs, builder => builder.AddColumn(Options.OutputColumnName, new VectorDataViewType(NumberDataViewType.Single, Features.NeuronCount)),
            read => (ValueGetter<VBuffer<float>>)((ref VBuffer<float> destination) =>
            {
                VBufferEditor<float> editor = VBufferEditor.Create(ref destination, Features.NeuronCount);
                Features.Compute(read(), editor.Values);
                destination = editor.Commit();
            }));
    }
}
