namespace FeatureReuse;

/// <summary>Scores images in batches ahead of the cursor; rows keep their order.</summary>
internal sealed class BatchedDataView(IDataView source, ImageMapping mapping) : IDataView
{
    public bool CanShuffle => source.CanShuffle;
    public DataViewSchema Schema => mapping.OutputSchema;
    public long? GetRowCount() => source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        DataViewSchema.Column[] active = [.. columnsNeeded];
        // Two cursors over the same rows: one reads images ahead, the other keeps pace with the caller. Only an order drawn from the same
        // seed is the same for both.
        int? seed = rand?.Next();
        DataViewRowCursor Open(IEnumerable<DataViewSchema.Column> columns)
            => source.GetRowCursor(columns, seed is null ? null : new Random(seed.Value));
        DataViewRowCursor rows = Open(mapping.Needed(active.Where(column => !mapping.Contains(column))));
        if (!active.Any(mapping.Contains))
            return new AddedColumnsCursor(rows, mapping, active);
        var scores = new BatchedScores(Open([mapping.Source]), source, isShuffled: seed is not null, mapping);
        return new BatchedCursor(rows, scores, mapping, active);
    }

    /// <summary>Returns one cursor, whatever the number requested: libtorch itself uses all cores.</summary>
    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
        => [GetRowCursor(columnsNeeded, rand)];
}
