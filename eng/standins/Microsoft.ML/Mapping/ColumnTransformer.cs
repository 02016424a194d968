using Microsoft.ML.Data;

namespace Microsoft.ML.Mapping;

/// <summary>A transformer that adds columns row by row.</summary>
public abstract class ColumnTransformer : ITransformer
{
    private protected ColumnTransformer()
    {
    }

    public bool IsRowToRowMapper => true;

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => Bind(inputSchema).OutputSchema;

    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new MappedDataView(input, Bind(input.Schema));
    }

    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => new MappedRows(Bind(inputSchema));

    void ICanSaveModel.Save(ModelSaveContext ctx) => SavedByName.Save(ctx, GetType(), Write);

    /// <summary>Writes what the static Read of the class reads.</summary>
    private protected virtual void Write(BinaryWriter writer) => throw new InvalidOperationException("Empty contract name for a transform: the transform cannot be saved");

    private protected abstract ColumnMapping Bind(DataViewSchema input);
}
