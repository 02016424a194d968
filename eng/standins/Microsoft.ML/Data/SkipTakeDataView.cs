using Microsoft.ML.Mapping;

namespace Microsoft.ML.Data;

/// <summary>Some rows after some others.</summary>
internal sealed class SkipTakeDataView(IDataView source, long skip, long take) : IDataView
{
    public bool CanShuffle => false;

    public DataViewSchema Schema => source.Schema;

    public long? GetRowCount() => source.GetRowCount() is { } count ? Math.Min(take, Math.Max(0, count - skip)) : null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        DataViewSchema.Column[] needed = [.. columnsNeeded];
        return new SkipTakeCursor(source.GetRowCursor(needed), needed, skip, take);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => [GetRowCursor(columnsNeeded)];

    private sealed class SkipTakeCursor(DataViewRowCursor input, DataViewSchema.Column[] active, long skip, long take) : WrappedCursor(input, input.Schema, active)
    {
        private long _position = -1;
        private bool _started;

        public override long Position => _position;

        public override bool MoveNext()
        {
            for (; !_started && skip > 0; skip--)
            {
                if (!Input.MoveNext())
                {
                    take = 0;
                    break;
                }
            }
            _started = true;
            if (_position + 1 >= take || !Input.MoveNext())
            {
                return false;
            }
            _position++;
            return true;
        }
    }
}
