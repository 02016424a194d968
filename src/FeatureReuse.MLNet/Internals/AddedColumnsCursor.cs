namespace FeatureReuse;

/// <summary>Moves over the rows of a cursor and puts added columns beside theirs.</summary>
/// <param name="input">The cursor, which is disposed with this one.</param>
/// <param name="added">The columns to add.</param>
/// <param name="active">The active columns of the output.</param>
/// <param name="create">Creates the getter of an added column; null computes it row by row.</param>
internal class AddedColumnsCursor(DataViewRowCursor input, AddedColumns added, IEnumerable<DataViewSchema.Column> active,
    Func<DataViewSchema.Column, Delegate>? create = null) : DataViewRowCursor
{
    private readonly HashSet<int> _active = [.. active.Select(column => column.Index)];
    public override DataViewSchema Schema => added.OutputSchema;
    public override long Position => input.Position;
    public override long Batch => input.Batch;
    public override bool MoveNext() => input.MoveNext();
    public override bool IsColumnActive(DataViewSchema.Column column) => _active.Contains(column.Index);
    public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        => ColumnGetters.Create<TValue>(this, column, added, input, one => (create ??= added.Open(input))(one));

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            input.Dispose();
        base.Dispose(disposing);
    }
}
