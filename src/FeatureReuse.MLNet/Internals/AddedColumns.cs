namespace FeatureReuse;

/// <summary>Columns that are computed from one column of an input schema and stand behind the columns of that schema.</summary>
/// <param name="input">The schema of the rows to compute from.</param>
/// <param name="add">Adds the computed columns to a schema.</param>
internal abstract class AddedColumns(DataViewSchema input, Action<DataViewSchema.Builder> add)
{
    public DataViewSchema InputSchema => input;
    public DataViewSchema OutputSchema { get; } = Extend(input, add);

    /// <summary>Gets the input column that all added columns are computed from.</summary>
    public abstract DataViewSchema.Column Source { get; }

    /// <summary>Prepares to compute the added columns of a row or cursor.</summary>
    /// <returns>Creates the <see cref="ValueGetter{TValue}"/> of an added column.</returns>
    public abstract Func<DataViewSchema.Column, Delegate> Open(DataViewRow row);

    public bool Contains(DataViewSchema.Column column) => column.Index >= input.Count;

    /// <summary>Gets the input columns that some output columns need.</summary>
    public DataViewSchema.Column[] Needed(IEnumerable<DataViewSchema.Column> outputs)
        => [.. outputs.Select(column => Contains(column) ? Source : input[column.Index]).DistinctBy(column => column.Index)];

    private static DataViewSchema Extend(DataViewSchema input, Action<DataViewSchema.Builder> add)
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(input);
        add(builder);
        return builder.ToSchema();
    }
}
