namespace FeatureReuse;

/// <summary>Rows that can be read in any order: shuffled, in parallel, and only those columns that are asked for.</summary>
internal sealed class IndexedDataView(DataViewSchema schema, long count, Func<IIndexedRows> open) : IDataView
{
    /// <summary>Rows that one of several cursors reads in a run.</summary>
    private const int BlockSize = 256;

    public bool CanShuffle => true;

    public DataViewSchema Schema => schema;

    public long? GetRowCount() => count;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
        => new Cursor(this, columnsNeeded, rand is null ? Rows(0, 1) : Shuffled(rand));

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        DataViewSchema.Column[] columns = [.. columnsNeeded];
        return n <= 1 || rand is not null ? [GetRowCursor(columns, rand)]
            : [.. Enumerable.Range(0, n).Select(number => new Cursor(this, columns, Rows(number, n)))];
    }

    /// <summary>Every n-th block; the block's number tells ML.NET how to put the rows of several cursors back in order.</summary>
    private IEnumerable<(long Row, long Batch)> Rows(int number, int n)
    {
        for (long block = number; block * BlockSize < count; block += n)
        {
            for (long row = block * BlockSize; row < Math.Min(count, (block + 1) * BlockSize); row++)
                yield return (row, n == 1 ? 0 : block);
        }
    }

    private IEnumerable<(long Row, long Batch)> Shuffled(Random random)
    {
        var order = new int[count];
        for (int i = 0; i < order.Length; i++)
            order[i] = i;
        random.Shuffle(order);
        return order.Select(row => ((long)row, 0L));
    }

    private sealed class Cursor : DataViewRowCursor
    {
        private readonly IndexedDataView _view;
        private readonly HashSet<int> _active;
        private readonly IEnumerator<(long Row, long Batch)> _order;
        private readonly IIndexedRows _rows;
        private long _position = -1;

        public Cursor(IndexedDataView view, IEnumerable<DataViewSchema.Column> columns, IEnumerable<(long Row, long Batch)> order)
        {
            _view = view;
            _active = [.. columns.Select(column => column.Index)];
            _order = order.GetEnumerator();
            _rows = view.OpenRows();
        }

        public override long Position => _position;

        public override long Batch => _order.Current.Batch;

        public override DataViewSchema Schema => _view.Schema;

        public override bool MoveNext()
        {
            bool moved = _order.MoveNext();
            _position = moved ? _position + 1 : -1;
            return moved;
        }

        public override bool IsColumnActive(DataViewSchema.Column column) => _active.Contains(column.Index);

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new DataViewRowId((ulong)CurrentRow, 0);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            if (!IsColumnActive(column))
            {
                throw new ArgumentOutOfRangeException(nameof(column), $"Column '{column.Name}' was not asked for when the cursor was made.");
            }
            return _rows.CreateGetter(column.Index, () => CurrentRow) as ValueGetter<TValue>
                ?? throw new InvalidOperationException($"Column '{column.Name}' is {column.Type}; it cannot be read as {typeof(TValue)}.");
        }

        private long CurrentRow => _position >= 0 ? _order.Current.Row : throw new InvalidOperationException("The cursor is not on a row.");

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                _order.Dispose();
                _rows.Dispose();
            }
            base.Dispose(disposing);
        }
    }

    private IIndexedRows OpenRows() => open();
}
