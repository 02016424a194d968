namespace FeatureReuse;

/// <summary>Adds columns that a trained model computes from one column. Immutable and safe for concurrent use.</summary>
/// <remarks>ml.Model.ConvertToOnnx converts pipelines with it.</remarks>
public abstract class ColumnTransformer : ITransformer
{
    private protected ColumnTransformer()
    {
    }

    /// <summary>Gets true: rows can be computed one by one.</summary>
    public bool IsRowToRowMapper => true;

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The column to compute from is missing or of another size or type.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => GetRowToRowMapper(inputSchema).OutputSchema;

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The column to compute from is missing or of another size or type.</exception>
    public IDataView Transform(IDataView input) => Bind(Require.NotNull(input).Schema).Transform(input);

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The column to compute from is missing or of another size or type.</exception>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => Bind(Require.NotNull(inputSchema)).MapRows(inputSchema);

    /// <summary>Writes model, columns and origin to a safetensors file, independently of ML.NET's own format.</summary>
    /// <param name="path">A file to create or replace; its folder must exist.</param>
    /// <exception cref="IOException">The file cannot be written; an existing file is unchanged.</exception>
    public void Save(string path) => WholeFile.Write(path, Write);

    /// <summary>Saves the model for mlContext.Model.Save.</summary>
    void ICanSaveModel.Save(ModelSaveContext ctx) => MLNetInternals.Save(ctx, Write);

    private protected abstract void Write(Stream stream);

    private protected abstract ColumnMapper Bind(DataViewSchema inputSchema);
}
