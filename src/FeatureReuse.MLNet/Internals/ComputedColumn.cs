namespace FeatureReuse;

/// <summary>Computes one column, by the getters that <paramref name="open"/> creates for rows or cursors, concurrently.</summary>
internal sealed class ComputedColumn(DataViewSchema.Column source, DataViewSchema.DetachedColumn output, Func<DataViewRow, Delegate> open,
    Func<OnnxGraph>? graph = null) : ColumnMapper(source, output)
{
    protected override Func<OnnxGraph>? Graph => graph;
    protected override Func<int, Delegate> Open(DataViewRow row) => _ => open(row);

    /// <summary>Returns the rows that have a value in the column, a key.</summary>
    public IDataView Filter(IDataView input) => Context.Data.FilterRowsByMissingValues(Transform(input), output.Name);
}
