namespace FeatureReuse;

/// <summary>Filters the rows of some classes, and adds a column that numbers only these classes.</summary>
internal sealed class ClassSubsetDataView : IDataView
{
    private readonly IDataView _source;
    private readonly Keys _keys;

    /// <param name="source">The rows.</param>
    /// <param name="label">The label, a key.</param>
    /// <param name="classes">The label's classes.</param>
    /// <param name="chosen">The classes to keep, from 0, in the order of the new keys.</param>
    /// <param name="outputColumnName">The column to add.</param>
    public ClassSubsetDataView(IDataView source, DataViewSchema.Column label, ClassKeys classes, int[] chosen, string outputColumnName)
    {
        _source = source;
        uint[] newKeys = new uint[classes.Count + 1];
        for (int i = 0; i < chosen.Length; i++)
            newKeys[chosen[i] + 1] = (uint)i + 1;
        var annotations = new DataViewSchema.Annotations.Builder();
        classes.Select(chosen).AddTo(annotations, AnnotationKinds.KeyValues);
        _keys = new Keys(source.Schema, label, newKeys,
            builder => builder.AddColumn(outputColumnName, new KeyDataViewType(typeof(uint), chosen.Length), annotations.ToAnnotations()));
    }

    public bool CanShuffle => _source.CanShuffle;
    public DataViewSchema Schema => _keys.OutputSchema;

    /// <summary>Returns null: the number of rows is known only after reading all labels.</summary>
    public long? GetRowCount() => null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        DataViewSchema.Column[] columns = [.. columnsNeeded];
        return new Cursor(_source.GetRowCursor(Needed(columns), rand), _keys, columns);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        DataViewSchema.Column[] columns = [.. columnsNeeded];
        return [.. _source.GetRowCursorSet(Needed(columns), n, rand).Select(cursor => new Cursor(cursor, _keys, columns))];
    }

    /// <summary>The label is always needed, as it decides which rows there are.</summary>
    private DataViewSchema.Column[] Needed(DataViewSchema.Column[] columns) => _keys.Needed(columns.Append(Schema[_source.Schema.Count]));

    /// <summary>Translates keys of all classes into keys of the chosen ones; 0 for other classes and for missing labels.</summary>
    private sealed class Keys(DataViewSchema input, DataViewSchema.Column label, uint[] newKeys, Action<DataViewSchema.Builder> add)
        : AddedColumns(input, add)
    {
        public override DataViewSchema.Column Source => label;

        public Func<uint> Read(DataViewRow row)
        {
            Func<ulong> read = KeyReader.Open(row, label);
            return () => newKeys.ElementAtOrDefault((int)Math.Min(read(), int.MaxValue));
        }

        public override Func<DataViewSchema.Column, Delegate> Open(DataViewRow row)
        {
            Func<uint> read = Read(row);
            return _ => (ValueGetter<uint>)((ref uint key) => key = read());
        }
    }

    private sealed class Cursor(DataViewRowCursor input, Keys keys, DataViewSchema.Column[] active)
        : AddedColumnsCursor(input, keys, active)
    {
        private readonly Func<uint> _read = keys.Read(input);
        private long _position = -1;

        public override long Position => _position;

        public override bool MoveNext()
        {
            while (base.MoveNext())
            {
                if (_read() != 0)
                {
                    _position++;
                    return true;
                }
            }
            _position = -1;
            return false;
        }
    }
}
