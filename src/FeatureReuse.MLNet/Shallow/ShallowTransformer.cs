namespace FeatureReuse;

/// <summary>A trained model that adds a column computed from a column of features. Immutable and safe for concurrent use.</summary>
/// <remarks>ml.Model.ConvertToOnnx converts pipelines with it.</remarks>
public abstract class ShallowTransformer : ITransformer
{
    private protected ShallowTransformer(int seed, string version) => (Seed, Version) = (seed, version);

    /// <summary>Gets the seed of initial weights and batches.</summary>
    public int Seed { get; }

    /// <summary>Gets the version of the library that trained the model.</summary>
    public string Version { get; }

    /// <summary>Returns true: the model can map single rows.</summary>
    public bool IsRowToRowMapper => true;

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The column of features is missing or has another size or type.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => Bind(Require.NotNull(inputSchema)).GetOutputSchema(inputSchema);

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The column of features is missing or has another size or type.</exception>
    public IDataView Transform(IDataView input)
        => new ConvertibleDataView(Bind(Require.NotNull(input).Schema).Transform(input), input, CreateGraphOfColumns);

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The column of features is missing or has another size or type.</exception>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema)
        => Bind(Require.NotNull(inputSchema)).GetRowToRowMapper(inputSchema);

    /// <summary>Saves the model to a temporary file, then renames it. A pretrained model or auxiliary data is not saved.</summary>
    /// <param name="path">A safetensors file to create or replace; its folder must exist.</param>
    /// <exception cref="IOException">The file cannot be written; an existing file is unchanged.</exception>
    public void Save(string path) => WholeFile.Write(path, Write);

    /// <summary>
    /// Exports the model as ONNX (opset 17) for other runtimes and for ml.Transforms.ApplyOnnxModel. All values are floats: regression
    /// computes "score" [n, 1] from "features" [n, d]; feature learning computes "features" [n, m] from "inputs" [n, d].
    /// </summary>
    /// <param name="path">The file to create or replace; its folder must exist.</param>
    /// <exception cref="IOException">The file cannot be written; an existing file is unchanged.</exception>
    public void ExportOnnx(string path) => CreateGraph().Save(path);

    /// <summary>Saves the model for mlContext.Model.Save.</summary>
    void ICanSaveModel.Save(ModelSaveContext ctx) => MLNetInternals.Save(ctx, Write);

    private protected abstract void Write(Stream stream);

    /// <summary>Creates the mapping of rows with a given schema.</summary>
    private protected abstract ITransformer Bind(DataViewSchema schema);

    private protected abstract OnnxGraph CreateGraph();

    /// <summary>Creates a graph whose input and output have the names of the columns.</summary>
    private protected abstract OnnxGraph CreateGraphOfColumns();
}
