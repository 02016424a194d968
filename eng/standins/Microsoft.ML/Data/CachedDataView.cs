namespace Microsoft.ML.Data;

/// <summary>Columns held in memory after they were read once.</summary>
internal sealed class CachedDataView(IDataView source) : IDataView
{
    private readonly Lock _reading = new();
    private readonly Dictionary<int, ColumnValues> _columns = [];
    private readonly List<DataViewRowId> _ids = [];
    private bool _hasIds;

    public bool CanShuffle => true;

    public DataViewSchema Schema => source.Schema;

    public long? GetRowCount()
    {
        Read([]);
        return _ids.Count;
    }

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        DataViewSchema.Column[] needed = [.. columnsNeeded];
        Read(needed);
        int[]? order = null;
        if (rand is not null)
        {
            order = [.. Enumerable.Range(0, _ids.Count)];
            rand.Shuffle(order);
        }
        return new CachedCursor(this, needed, order);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => [GetRowCursor(columnsNeeded, rand)];

    private void Read(DataViewSchema.Column[] needed)
    {
        lock (_reading)
        {
            DataViewSchema.Column[] missing = [.. needed.Where(column => !_columns.ContainsKey(column.Index)).DistinctBy(column => column.Index)];
            if (missing.Length == 0 && _hasIds)
            {
                return;
            }
            using DataViewRowCursor cursor = source.GetRowCursor(missing);
            ColumnValues[] values = [.. missing.Select(column => ColumnValues.For(cursor, column))];
            ValueGetter<DataViewRowId> getId = cursor.GetIdGetter();
            for (int row = 0; cursor.MoveNext(); row++)
            {
                foreach (ColumnValues column in values)
                {
                    column.Store(row);
                }
                if (!_hasIds)
                {
                    DataViewRowId id = default;
                    getId(ref id);
                    _ids.Add(id);
                }
            }
            _hasIds = true;
            foreach ((DataViewSchema.Column column, ColumnValues read) in missing.Zip(values))
            {
                _columns.Add(column.Index, read);
            }
        }
    }

    private sealed class CachedCursor(CachedDataView data, DataViewSchema.Column[] active, int[]? order) : DataViewRowCursor
    {
        private readonly HashSet<int> _active = [.. active.Select(column => column.Index)];
        private int _position = -1;

        public override long Position => _position;

        public override long Batch => 0;

        public override DataViewSchema Schema => data.Schema;

        private int Row => order is null ? _position : order[_position];

        public override bool MoveNext()
        {
            if (_position + 1 >= data._ids.Count)
            {
                return false;
            }
            _position++;
            return true;
        }

        public override bool IsColumnActive(DataViewSchema.Column column) => _active.Contains(column.Index);

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref id) => id = data._ids[Row];

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
            => IsColumnActive(column)
                ? data._columns[column.Index].CreateGetter(() => Row) as ValueGetter<TValue> ?? throw new InvalidOperationException($"Column '{column.Name}' is {column.Type}; a getter of {typeof(TValue)} was asked for.")
                : throw new ArgumentOutOfRangeException(nameof(column), $"Column '{column.Name}' is not active.");
    }
}
