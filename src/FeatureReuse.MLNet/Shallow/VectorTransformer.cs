namespace FeatureReuse;

/// <summary>A trained model that adds one column, computed from a column of features, Vector&lt;Single&gt;. Immutable and safe for concurrent use.</summary>
/// <remarks>ml.Model.ConvertToOnnx converts chains with it.</remarks>
public abstract class VectorTransformer : ITransformer
{
    private protected VectorTransformer(int seed, string? version) => (Seed, Version) = (seed, version ?? LibraryVersion.Current);

    /// <summary>The seed of initial weights and of the batches.</summary>
    public int Seed { get; }

    /// <summary>The version of the library that trained the model.</summary>
    public string Version { get; }

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
        VectorMapping mapping = Bind(input.Schema);
        return new ConvertibleDataView(new VectorDataView(input, mapping), input, mapping.ToOnnx);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The column of features is missing or of another size or type.</exception>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => new RowMapper(Checked(inputSchema));

    /// <summary>Writes weights, columns and options to a file; beside it first, then renamed. What was pretrained or auxiliary is not written with it.</summary>
    /// <param name="path">A safetensors file, written anew or replaced; its folder must exist.</param>
    /// <exception cref="IOException">The file cannot be written; what was there before is left.</exception>
    public void Save(string path) => WholeFile.Write(path, Write);

    /// <summary>For mlContext.Model.Save.</summary>
    void ICanSaveModel.Save(ModelSaveContext ctx) => MLNetInternals.Save(ctx, Write);

    private protected abstract void Write(Stream stream);

    private protected abstract VectorMapping Bind(DataViewSchema inputSchema);

    private VectorMapping Checked(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return Bind(inputSchema);
    }
}
