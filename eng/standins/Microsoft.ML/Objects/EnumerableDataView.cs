namespace Microsoft.ML.Data;

/// <summary>Objects as rows.</summary>
internal sealed class EnumerableDataView<TRow> : IDataView where TRow : class
{
    private readonly IEnumerable<TRow> _rows;
    private readonly IReadOnlyList<MemberColumn> _members = MemberColumn.Of<TRow>();

    public EnumerableDataView(IEnumerable<TRow> rows)
    {
        _rows = rows;
        Schema = SchemaOf(_members);
    }

    public bool CanShuffle => _rows is IList<TRow>;

    public DataViewSchema Schema { get; }

    public long? GetRowCount() => (_rows as ICollection<TRow>)?.Count;

    public static DataViewSchema SchemaOf(IReadOnlyList<MemberColumn> members)
    {
        var builder = new DataViewSchema.Builder();
        foreach (MemberColumn member in members)
        {
            builder.AddColumn(member.Name, member.Type);
        }
        return builder.ToSchema();
    }

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) => new Cursor(this, columnsNeeded, rand);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor : DataViewRowCursor
    {
        private readonly EnumerableDataView<TRow> _data;
        private readonly HashSet<int> _active;
        private readonly IEnumerator<(TRow Row, int Index)> _rows;
        private readonly ObjectReader<TRow> _reader;
        private long _position = -1;

        public Cursor(EnumerableDataView<TRow> data, IEnumerable<DataViewSchema.Column> active, Random? random)
        {
            _data = data;
            _active = [.. active.Select(column => column.Index)];
            IEnumerable<(TRow, int)> rows = data._rows.Select((row, index) => (row, index));
            if (random is not null && data._rows is IList<TRow> list)
            {
                int[] order = [.. Enumerable.Range(0, list.Count)];
                random.Shuffle(order);
                rows = order.Select(index => (list[index], index));
            }
            _rows = rows.GetEnumerator();
            _reader = new ObjectReader<TRow>(data._members, () => _rows.Current.Row);
        }

        public override long Position => _position;

        public override long Batch => 0;

        public override DataViewSchema Schema => _data.Schema;

        public override bool MoveNext()
        {
            if (!_rows.MoveNext())
            {
                return false;
            }
            _position++;
            return true;
        }

        public override bool IsColumnActive(DataViewSchema.Column column) => _active.Contains(column.Index);

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref id) => id = new DataViewRowId((ulong)_rows.Current.Index, 0);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
            => IsColumnActive(column)
                ? _reader.Getter(column.Index) as ValueGetter<TValue> ?? throw new InvalidOperationException($"Column '{column.Name}' is {column.Type}; a getter of {typeof(TValue)} was asked for.")
                : throw new ArgumentOutOfRangeException(nameof(column), $"Column '{column.Name}' is not active.");

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                _rows.Dispose();
            }
            base.Dispose(disposing);
        }
    }
}
