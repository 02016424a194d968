using Microsoft.ML.Data;

namespace Microsoft.ML.Mapping;

/// <summary>Columns computed from a row's other columns, bound to one input schema.</summary>
internal abstract class ColumnMapping
{
    /// <summary>For each output column the input column that it is, or the complement of the number of the added one.</summary>
    private readonly List<int> _origins = [];

    /// <summary>A column that hides another one comes right behind it; the others come last.</summary>
    protected ColumnMapping(DataViewSchema input, IReadOnlyList<DataViewSchema.DetachedColumn> added)
    {
        InputSchema = input;
        var builder = new DataViewSchema.Builder();
        foreach (DataViewSchema.Column column in input)
        {
            builder.AddColumns([column]);
            _origins.Add(column.Index);
            if (!column.IsHidden)
            {
                AddWhere(name => name == column.Name);
            }
        }
        AddWhere(name => input.GetColumnOrNull(name) is null);
        OutputSchema = builder.ToSchema();

        void AddWhere(Func<string, bool> isHere)
        {
            for (int i = 0; i < added.Count; i++)
            {
                if (isHere(added[i].Name))
                {
                    builder.AddColumns([added[i]]);
                    _origins.Add(~i);
                }
            }
        }
    }

    public DataViewSchema InputSchema { get; }

    public DataViewSchema OutputSchema { get; }

    /// <summary>The input columns from which the added column of this number is computed.</summary>
    public abstract IEnumerable<DataViewSchema.Column> DependenciesOf(int added);

    /// <summary>A ValueGetter of the added column of this number.</summary>
    public abstract Delegate CreateGetter(int added, DataViewRow input);

    public ValueGetter<T> Getter<T>(DataViewSchema.Column column, DataViewRow input)
        => (_origins[column.Index] is >= 0 and var source ? input.GetGetter<T>(InputSchema[source]) : CreateGetter(~_origins[column.Index], input) as ValueGetter<T>)
            ?? throw new InvalidOperationException($"Column '{column.Name}' is {column.Type}; a getter of {typeof(T)} was asked for.");

    public IEnumerable<DataViewSchema.Column> Needed(IEnumerable<DataViewSchema.Column> columns)
        => columns.SelectMany(column => _origins[column.Index] is >= 0 and var source ? [InputSchema[source]] : DependenciesOf(~_origins[column.Index])).DistinctBy(column => column.Index);
}
