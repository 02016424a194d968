namespace Microsoft.ML.Mapping;

/// <summary>A view with computed columns.</summary>
internal sealed class MappedDataView(IDataView source, ColumnMapping mapping) : IDataView
{
    public bool CanShuffle => source.CanShuffle;

    public DataViewSchema Schema => mapping.OutputSchema;

    public long? GetRowCount() => source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        DataViewSchema.Column[] columns = [.. columnsNeeded];
        return new MappedCursor(source.GetRowCursor(mapping.Needed(columns), rand), mapping, columns);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        DataViewSchema.Column[] columns = [.. columnsNeeded];
        return [.. source.GetRowCursorSet(mapping.Needed(columns), n, rand).Select(cursor => new MappedCursor(cursor, mapping, columns))];
    }

    private sealed class MappedCursor(DataViewRowCursor input, ColumnMapping mapping, DataViewSchema.Column[] active) : WrappedCursor(input, mapping.OutputSchema, active)
    {
        protected override ValueGetter<TValue> CreateGetter<TValue>(DataViewSchema.Column column) => mapping.Getter<TValue>(column, Input);
    }
}
