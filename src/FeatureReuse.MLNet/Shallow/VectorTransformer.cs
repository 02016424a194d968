using FeatureReuse.MLNet.Shallow;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace FeatureReuse.MLNet;

/// <summary>A trained model that adds one column, computed from a column of features, Vector&lt;Single&gt;. Immutable and safe for concurrent use.</summary>
public abstract class VectorTransformer : ITransformer
{
    private protected VectorTransformer(int seed) => Seed = seed;

    /// <summary>The seed of initial weights and of the batches.</summary>
    public int Seed { get; }

    /// <summary>The version of the library that trained the model.</summary>
    public string Version { get; } = LibraryVersion.Current;

    /// <summary>True: rows are mapped one by one where that is asked for.</summary>
    public bool IsRowToRowMapper => true;

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The column of features is missing or of another size or type.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => Checked(inputSchema).OutputSchema;

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The column of features is missing or of another size or type.</exception>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new VectorDataView(input, Bind(input.Schema));
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The column of features is missing or of another size or type.</exception>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => new VectorRowMapper(Checked(inputSchema));

    /// <summary>Not available in this version.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    void ICanSaveModel.Save(ModelSaveContext ctx) => throw new NotSupportedException($"{GetType().Name} cannot be saved in this version of FeatureReuse.MLNet.");

    private protected abstract VectorMapping Bind(DataViewSchema inputSchema);

    private VectorMapping Checked(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return Bind(inputSchema);
    }
}
