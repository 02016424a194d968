using Microsoft.ML.Mapping;

namespace Microsoft.ML.Data;

/// <summary>Rows in an order drawn from a seed: by the source where it can, and through a pool of rows.</summary>
internal sealed class ShuffledDataView(IDataView source, int seed, int poolSize, bool shuffleSource) : IDataView
{
    public bool CanShuffle => true;

    public DataViewSchema Schema => source.Schema;

    public long? GetRowCount() => source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        DataViewSchema.Column[] needed = [.. columnsNeeded];
        Random random = rand ?? new Random(seed);
        DataViewRowCursor input = source.GetRowCursor(needed, shuffleSource && source.CanShuffle ? new Random(random.Next()) : null);
        return new ShuffledCursor(input, needed, poolSize, random);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => [GetRowCursor(columnsNeeded, rand)];

    private sealed class ShuffledCursor : WrappedCursor
    {
        private readonly Random _random;
        private readonly int _poolSize;
        private readonly Dictionary<int, ColumnValues> _columns = [];
        private readonly List<DataViewRowId> _ids = [];
        private readonly ValueGetter<DataViewRowId> _getId;
        private readonly List<int> _waiting = [];
        private long _position = -1;
        private int _place;

        public ShuffledCursor(DataViewRowCursor input, DataViewSchema.Column[] active, int poolSize, Random random) : base(input, input.Schema, active)
        {
            (_poolSize, _random) = (poolSize, random);
            _getId = input.GetIdGetter();
            foreach (DataViewSchema.Column column in active.DistinctBy(column => column.Index))
            {
                _columns.Add(column.Index, ColumnValues.For(input, column));
            }
        }

        public override long Position => _position;

        public override bool MoveNext()
        {
            // The place just read is free again.
            int? free = _position >= 0 ? _place : null;
            while (_waiting.Count < _poolSize && Input.MoveNext())
            {
                int place = free ?? _ids.Count;
                free = null;
                foreach (ColumnValues column in _columns.Values)
                {
                    column.Store(place);
                }
                DataViewRowId id = default;
                _getId(ref id);
                if (place < _ids.Count)
                {
                    _ids[place] = id;
                }
                else
                {
                    _ids.Add(id);
                }
                _waiting.Add(place);
            }
            if (_waiting.Count == 0)
            {
                return false;
            }
            int drawn = _random.Next(_waiting.Count);
            _place = _waiting[drawn];
            _waiting[drawn] = _waiting[^1];
            _waiting.RemoveAt(_waiting.Count - 1);
            _position++;
            return true;
        }

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref id) => id = _ids[_place];

        protected override ValueGetter<TValue> CreateGetter<TValue>(DataViewSchema.Column column)
            => _columns[column.Index].CreateGetter(() => _place) as ValueGetter<TValue>
                ?? throw new InvalidOperationException($"Column '{column.Name}' is {column.Type}; a getter of {typeof(TValue)} was asked for.");
    }
}
