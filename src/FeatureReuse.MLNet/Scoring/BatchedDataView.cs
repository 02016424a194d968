namespace FeatureReuse;

/// <summary>A view whose computed columns come in batches, ahead of the cursor; rows keep their order.</summary>
internal sealed class BatchedDataView(IDataView source, ImageMapping mapping) : IDataView
{
    public bool CanShuffle => source.CanShuffle;

    public DataViewSchema Schema => mapping.OutputSchema;

    public long? GetRowCount() => source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        DataViewSchema.Column[] needed = [.. columnsNeeded];
        DataViewSchema.Column[] passed = [.. needed.Where(column => !mapping.IsComputed(column)).Select(column => mapping.InputSchema[column.Index])];
        // Two cursors over the same rows: one reads images ahead, the other keeps pace with the caller. Only an order drawn
        // from the same seed is the same for both.
        int? seed = rand?.Next();
        DataViewRowCursor Open(IEnumerable<DataViewSchema.Column> columns) => source.GetRowCursor(columns, seed is null ? null : new Random(seed.Value));
        BatchedScores? scores = needed.Any(mapping.IsComputed) ? BatchedScores.Over(Open([mapping.InputImages]), source, isShuffled: seed is not null, mapping) : null;
        return new BatchedCursor(Open(passed), scores, mapping, needed);
    }

    /// <summary>One cursor, whatever was asked for: libtorch itself uses all cores.</summary>
    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => [GetRowCursor(columnsNeeded, rand)];
}
