namespace FeatureReuse;

/// <summary>Adds a column that is computed from a column of features, row by row, through ML.NET's custom mapping.</summary>
internal sealed class ComputedColumn
{
    private static readonly MLContext Context = new();

    private readonly SchemaDefinition _input = SchemaDefinition.Create(typeof(Features));

    public ComputedColumn(DataViewSchema.Column features) => (_input[0].ColumnName, _input[0].ColumnType) = (features.Name, features.Type);

    /// <summary>Creates the transformer. It calls <paramref name="compute"/> concurrently, with dense features.</summary>
    public ITransformer Create<T>(
        string name, DataViewType type, Func<float[], T> compute, Action<SchemaDefinition.Column>? annotate = null)
    {
        SchemaDefinition output = SchemaDefinition.Create(typeof(Result<T>));
        (output[0].ColumnName, output[0].ColumnType) = (name, type);
        annotate?.Invoke(output[0]);
        return Context.Transforms
            .CustomMapping<Features, Result<T>>((row, result) => result.Value = compute(row.Values), contractName: null, _input, output)
            .Fit(Context.Data.LoadFromEnumerable(Array.Empty<Features>(), _input));
    }

    private sealed class Features
    {
        public float[] Values { get; set; } = [];
    }

    private sealed class Result<T>
    {
        public T Value { get; set; } = default!;
    }
}
