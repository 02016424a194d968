namespace FeatureReuse;

/// <summary>
/// Adds columns that a network computes from images. Immutable and safe for concurrent use; all data views and prediction engines made from it
/// share its weights. <see cref="Transform"/> computes 256 rows at a time ahead of the cursor, on the network's device.
/// </summary>
/// <remarks>
/// The owner disposes it, which frees the weights; a prediction engine does so too by default. ml.Model.ConvertToOnnx converts a chain from the
/// pixels on, as ML.NET does not convert LoadImages, ResizeImages and ExtractPixels; a custom network is refused.
/// </remarks>
public abstract class ImageTransformer : ITransformer, IDisposable
{
    private protected ImageTransformer()
    {
    }

    /// <summary>Gets true: rows can be computed one by one.</summary>
    public bool IsRowToRowMapper => true;

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The image column is missing or of another size or type.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => Bind(Require.NotNull(inputSchema)).OutputSchema;

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The image column is missing or of another size or type.</exception>
    public IDataView Transform(IDataView input)
    {
        ImageMapping mapping = Bind(Require.NotNull(input).Schema);
        return new ConvertibleDataView(new BatchedDataView(input, mapping), input, mapping.ToOnnx);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The image column is missing or of another size or type.</exception>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => new RowMapper(Bind(Require.NotNull(inputSchema)));

    /// <summary>Writes network, columns and origin to a safetensors file, independently of ML.NET's own format.</summary>
    /// <param name="path">A file, created or replaced; its folder must exist.</param>
    /// <exception cref="IOException">The file cannot be written; an old file is not changed.</exception>
    public void Save(string path) => WholeFile.Write(path, Write);

    /// <summary>Writes the transformer for mlContext.Model.Save.</summary>
    void ICanSaveModel.Save(ModelSaveContext ctx) => MLNetInternals.Save(ctx, Write);

    /// <inheritdoc/>
    public abstract void Dispose();

    private protected abstract void Write(Stream stream);

    private protected abstract ImageMapping Bind(DataViewSchema inputSchema);
}
