using Microsoft.ML.Data;

namespace Microsoft.ML.Mapping;

/// <summary>A cursor over another one.</summary>
internal abstract class WrappedCursor(DataViewRowCursor input, DataViewSchema schema, IEnumerable<DataViewSchema.Column> active) : DataViewRowCursor
{
    private readonly HashSet<int> _active = [.. active.Select(column => column.Index)];

    protected DataViewRowCursor Input => input;

    public override long Position => input.Position;

    public override long Batch => input.Batch;

    public override DataViewSchema Schema => schema;

    public override bool MoveNext() => input.MoveNext();

    public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

    public override bool IsColumnActive(DataViewSchema.Column column) => _active.Contains(column.Index);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        => IsColumnActive(column) ? CreateGetter<TValue>(column) : throw new ArgumentOutOfRangeException(nameof(column), $"Column '{column.Name}' is not active.");

    protected virtual ValueGetter<TValue> CreateGetter<TValue>(DataViewSchema.Column column) => input.GetGetter<TValue>(input.Schema[column.Index]);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            input.Dispose();
        }
        base.Dispose(disposing);
    }
}
