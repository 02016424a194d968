namespace FeatureReuse;

/// <summary>Computes one column from a row's features.</summary>
/// <param name="inputSchema">The schema of the rows.</param>
/// <param name="features">The column of features.</param>
/// <param name="add">Adds the output column behind those of the input.</param>
/// <param name="createGetter">Creates the output's ValueGetter from what reads the features.</param>
/// <param name="toOnnx">Converts the computation to a graph whose input and output have the names of the columns.</param>
internal sealed class VectorMapping(DataViewSchema inputSchema, DataViewSchema.Column features, Action<DataViewSchema.Builder> add,
    Func<Func<ReadOnlySpan<float>>, Delegate> createGetter, Func<OnnxGraph> toOnnx) : AddedColumns(inputSchema, add)
{
    public override DataViewSchema.Column Source => features;

    public OnnxGraph ToOnnx() => toOnnx();

    public override Func<DataViewSchema.Column, Delegate> Open(DataViewRow row) => _ => createGetter(DenseVectors.Open<float>(row, features));
}
