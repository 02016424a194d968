using Microsoft.ML.Data;

namespace Microsoft.ML.Mapping;

/// <summary>Columns computed from a row's other columns, bound to one input schema.</summary>
internal abstract class ColumnMapping
{
    protected ColumnMapping(DataViewSchema input, IEnumerable<DataViewSchema.DetachedColumn> added)
    {
        InputSchema = input;
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(input);
        builder.AddColumns(added);
        OutputSchema = builder.ToSchema();
    }

    public DataViewSchema InputSchema { get; }

    public DataViewSchema OutputSchema { get; }

    public bool IsComputed(DataViewSchema.Column column) => column.Index >= InputSchema.Count;

    /// <summary>The input columns from which the added column of this number is computed.</summary>
    public abstract IEnumerable<DataViewSchema.Column> DependenciesOf(int added);

    /// <summary>A ValueGetter of the added column of this number.</summary>
    public abstract Delegate CreateGetter(int added, DataViewRow input);

    public ValueGetter<T> Getter<T>(DataViewSchema.Column column, DataViewRow input)
        => (IsComputed(column) ? CreateGetter(column.Index - InputSchema.Count, input) as ValueGetter<T> : input.GetGetter<T>(InputSchema[column.Index]))
            ?? throw new InvalidOperationException($"Column '{column.Name}' is {column.Type}; a getter of {typeof(T)} was asked for.");

    public IEnumerable<DataViewSchema.Column> Needed(IEnumerable<DataViewSchema.Column> columns)
        => columns.SelectMany(column => IsComputed(column) ? DependenciesOf(column.Index - InputSchema.Count) : [InputSchema[column.Index]]).DistinctBy(column => column.Index);
}
