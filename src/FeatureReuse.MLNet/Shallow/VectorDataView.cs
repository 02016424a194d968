namespace FeatureReuse;

/// <summary>A view with a column that is computed row by row.</summary>
internal sealed class VectorDataView(IDataView source, VectorMapping mapping) : IDataView
{
    public bool CanShuffle => source.CanShuffle;

    public DataViewSchema Schema => mapping.OutputSchema;

    public long? GetRowCount() => source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        DataViewSchema.Column[] columns = [.. columnsNeeded];
        return new AddedColumnsCursor(source.GetRowCursor(mapping.Needed(columns), rand), mapping, columns);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        DataViewSchema.Column[] columns = [.. columnsNeeded];
        return [.. source.GetRowCursorSet(mapping.Needed(columns), n, rand).Select(cursor => new AddedColumnsCursor(cursor, mapping, columns))];
    }
}
