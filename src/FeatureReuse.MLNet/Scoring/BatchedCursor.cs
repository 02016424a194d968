namespace FeatureReuse;

/// <summary>The source's rows in their order, with the computed columns beside them.</summary>
internal sealed class BatchedCursor(DataViewRowCursor rows, BatchedScores? scores, ImageMapping mapping, DataViewSchema.Column[] active) : DataViewRowCursor
{
    private readonly HashSet<int> _active = [.. active.Select(column => column.Index)];
    private readonly ValueGetter<DataViewRowId> _getId = rows.GetIdGetter();

    public override DataViewSchema Schema => mapping.OutputSchema;

    public override long Position => rows.Position;

    public override long Batch => rows.Batch;

    public override bool IsColumnActive(DataViewSchema.Column column) => _active.Contains(column.Index);

    public override bool MoveNext()
    {
        bool more = rows.MoveNext();
        if (scores is null)
            return more;
        bool moreScores = scores.MoveNext();
        if (more != moreScores || (more && !SameRow()))
        {
            throw new InvalidOperationException("Two passes over the data gave different rows, so that scores cannot be put beside them. "
                + "Put a Cache behind the step that changes from pass to pass.");
        }
        return more;
    }

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (!IsColumnActive(column))
            throw new ArgumentOutOfRangeException(nameof(column), $"Column '{column.Name}' was not asked for when the cursor was made.");
        if (!mapping.IsComputed(column))
            return rows.GetGetter<TValue>(mapping.InputSchema[column.Index]);
        return mapping.CreateGetter(column, () => scores!.Current) as ValueGetter<TValue>
            ?? throw new InvalidOperationException($"Column '{column.Name}' is {column.Type}; a getter of {typeof(TValue).Name} was asked for.");
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => _getId;

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            rows.Dispose();
            scores?.Dispose();
        }
        base.Dispose(disposing);
    }

    private bool SameRow()
    {
        DataViewRowId id = default;
        _getId(ref id);
        return id.Equals(scores!.CurrentId);
    }
}
