namespace FeatureReuse;

/// <summary>The rows of some classes, with a column that numbers just these classes.</summary>
internal sealed class ClassSubsetDataView : IDataView
{
    private readonly IDataView _source;
    private readonly DataViewSchema.Column _label;
    private readonly int _output;

    /// <summary>The new key of each old one; 0 for classes of the other task and for missing labels.</summary>
    private readonly uint[] _keys;

    public ClassSubsetDataView(IDataView source, DataViewSchema.Column label, ClassKeys classes, int[] chosen, string outputColumnName)
    {
        _source = source;
        _label = label;
        _keys = new uint[classes.Count + 1];
        for (int i = 0; i < chosen.Length; i++)
            _keys[chosen[i] + 1] = (uint)i + 1;
        var annotations = new DataViewSchema.Annotations.Builder();
        classes.Select(chosen).AddTo(annotations, AnnotationKinds.KeyValues);
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(source.Schema);
        builder.AddColumn(outputColumnName, new KeyDataViewType(typeof(uint), chosen.Length), annotations.ToAnnotations());
        Schema = builder.ToSchema();
        _output = source.Schema.Count;
    }

    public bool CanShuffle => _source.CanShuffle;

    public DataViewSchema Schema { get; }

    public long? GetRowCount() => null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        DataViewSchema.Column[] columns = [.. columnsNeeded];
        return new Cursor(this, _source.GetRowCursor(Needed(columns), rand), columns);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        DataViewSchema.Column[] columns = [.. columnsNeeded];
        return [.. _source.GetRowCursorSet(Needed(columns), n, rand).Select(cursor => new Cursor(this, cursor, columns))];
    }

    private IEnumerable<DataViewSchema.Column> Needed(DataViewSchema.Column[] columns)
        => columns.Where(column => column.Index != _output).Select(column => _source.Schema[column.Index]).Append(_label).DistinctBy(column => column.Index);

    private sealed class Cursor(ClassSubsetDataView view, DataViewRowCursor input, DataViewSchema.Column[] columns) : DataViewRowCursor
    {
        private readonly Func<ulong> _label = KeyReader.Open(input, view._label);
        private readonly HashSet<int> _active = [.. columns.Select(column => column.Index)];
        private uint _key;
        private long _position = -1;

        public override long Position => _position;

        public override long Batch => input.Batch;

        public override DataViewSchema Schema => view.Schema;

        public override bool MoveNext()
        {
            while (input.MoveNext())
            {
                ulong old = _label();
                _key = old < (ulong)view._keys.Length ? view._keys[old] : 0;
                if (_key != 0)
                {
                    _position++;
                    return true;
                }
            }
            _position = -1;
            return false;
        }

        public override bool IsColumnActive(DataViewSchema.Column column) => _active.Contains(column.Index);

        public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            if (!IsColumnActive(column))
            {
                throw new ArgumentOutOfRangeException(nameof(column), $"Column '{column.Name}' was not asked for when the cursor was made.");
            }
            if (column.Index != view._output)
                return input.GetGetter<TValue>(view._source.Schema[column.Index]);
            return (ValueGetter<uint>)((ref uint key) => key = _key) as ValueGetter<TValue>
                ?? throw new InvalidOperationException($"Column '{column.Name}' is {column.Type}; it cannot be read as {typeof(TValue)}.");
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                input.Dispose();
            base.Dispose(disposing);
        }
    }
}
