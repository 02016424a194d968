using FeatureReuse.MLNet.Internals;
using FeatureReuse.MLNet.Shallow;
using FeatureReuse.Shallow;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace FeatureReuse.MLNet;

/// <summary>Features learnt from many tasks, as a column: relu(W x), Vector&lt;Single&gt;. Immutable and safe for concurrent use.</summary>
public sealed class MultiTaskFeaturesTransformer : ITransformer
{
    internal MultiTaskFeaturesTransformer(MultiTaskFeatures features, MultiTaskFeaturesOptions options, int seed)
    {
        Features = features;
        Options = options;
        Seed = seed;
    }

    /// <summary>The learnt first layer, with its spectrum and effective rank.</summary>
    public MultiTaskFeatures Features { get; }

    /// <summary>The options that the features were learnt with.</summary>
    public MultiTaskFeaturesOptions Options { get; }

    /// <summary>The seed of initial weights and batches.</summary>
    public int Seed { get; }

    /// <summary>The version of the library that learnt the features.</summary>
    public string Version { get; } = LibraryVersion.Current;

    /// <summary>True: rows are mapped one by one where that is asked for.</summary>
    public bool IsRowToRowMapper => true;

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The column of inputs is missing or of another size or type.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => Bind(inputSchema).OutputSchema;

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The column of inputs is missing or of another size or type.</exception>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new VectorDataView(input, Bind(input.Schema));
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The column of inputs is missing or of another size or type.</exception>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => new VectorRowMapper(Bind(inputSchema));

    /// <summary>Not available in this version.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    void ICanSaveModel.Save(ModelSaveContext ctx) => throw new NotSupportedException("MultiTaskFeaturesTransformer cannot be saved in this version of FeatureReuse.MLNet.");

    private VectorMapping Bind(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
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
