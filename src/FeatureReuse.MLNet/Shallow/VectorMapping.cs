namespace FeatureReuse;

/// <summary>One column computed from a row's features, bound to one input schema.</summary>
/// <param name="inputSchema">The schema bound to.</param>
/// <param name="features">The column of features.</param>
/// <param name="add">Adds the output column behind those of the input.</param>
/// <param name="createGetter">Makes the output's ValueGetter from what reads the features.</param>
/// <param name="toOnnx">Makes the same computation as a graph, whose input and output have the names of the columns.</param>
internal sealed class VectorMapping(DataViewSchema inputSchema, DataViewSchema.Column features, Action<DataViewSchema.Builder> add,
    Func<Func<ReadOnlySpan<float>>, Delegate> createGetter, Func<OnnxGraph> toOnnx)
{
    public DataViewSchema InputSchema => inputSchema;

    public DataViewSchema OutputSchema { get; } = Extend(inputSchema, add);

    public OnnxGraph ToOnnx() => toOnnx();

    public DataViewSchema.Column[] Needed(IEnumerable<DataViewSchema.Column> columns)
        => [.. columns.Select(column => IsComputed(column) ? features : inputSchema[column.Index]).DistinctBy(column => column.Index)];

    public ValueGetter<TValue> Getter<TValue>(DataViewSchema.Column column, DataViewRow input)
        => (IsComputed(column) ? createGetter(FeatureVectors.Getter(input, features)) as ValueGetter<TValue> : input.GetGetter<TValue>(inputSchema[column.Index]))
            ?? throw new InvalidOperationException($"Column '{column.Name}' is {column.Type}; a getter of {typeof(TValue).Name} was asked for.");

    private bool IsComputed(DataViewSchema.Column column) => column.Index >= inputSchema.Count;

    private static DataViewSchema Extend(DataViewSchema input, Action<DataViewSchema.Builder> add)
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(input);
        add(builder);
        return builder.ToSchema();
    }
}
