namespace FeatureReuse;

/// <summary>Puts scores, computed in batches, beside the rows that they belong to.</summary>
internal sealed class BatchedCursor(DataViewRowCursor rows, BatchedScores scores, ImageMapping mapping, DataViewSchema.Column[] active)
    : AddedColumnsCursor(rows, mapping, active, column => mapping.CreateGetter(column, () => scores.Current))
{
    private readonly ValueGetter<DataViewRowId> _getId = rows.GetIdGetter();

    public override bool MoveNext()
    {
        bool isThere = base.MoveNext();
        if (isThere == scores.MoveNext() && (!isThere || IsSameRow()))
            return isThere;
        throw new InvalidOperationException("Two passes over the data gave different rows, so that scores cannot be put beside them. "
            + "Put a Cache behind the step that changes from pass to pass.");
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => _getId;

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            scores.Dispose();
        base.Dispose(disposing);
    }

    private bool IsSameRow()
    {
        DataViewRowId id = default;
        _getId(ref id);
        return id.Equals(scores.CurrentId);
    }
}
