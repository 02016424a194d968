namespace FeatureReuse;

/// <summary>
/// A data set as rows: Image, then its labels as keys with the class names. Rows can be read shuffled and in parallel; a value is read or
/// drawn only when it is requested.
/// </summary>
internal sealed class LabelledImagesDataView(ILabelledImages images) : IDataView
{
    /// <summary>The number of rows that one of several cursors reads in a run.</summary>
    private const int BlockSize = 256;

    public bool CanShuffle => true;
    public DataViewSchema Schema { get; } = SchemaOf(images);
    public long? GetRowCount() => images.Count;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
        => new Cursor(Schema, images, columnsNeeded, rand is null ? Rows(0, 1) : Shuffled(rand));

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        DataViewSchema.Column[] columns = [.. columnsNeeded];
        return n <= 1 || rand is not null ? [GetRowCursor(columns, rand)]
            : [.. Enumerable.Range(0, n).Select(number => new Cursor(Schema, images, columns, Rows(number, n)))];
    }

    private static DataViewSchema SchemaOf(ILabelledImages images)
    {
        var builder = new DataViewSchema.Builder();
        ImageShape shape = images.Shape;
        builder.AddColumn("Image", new VectorDataViewType(NumberDataViewType.Byte, shape.Channels, shape.Height, shape.Width));
        foreach ((string name, IReadOnlyList<string> classes) in images.Labels)
        {
            var annotations = new DataViewSchema.Annotations.Builder();
            ClassKeys.From("Text", classes).AddTo(annotations, AnnotationUtils.Kinds.KeyValues);
            builder.AddColumn(name, new KeyDataViewType(typeof(uint), classes.Count), annotations.ToAnnotations());
        }
        return builder.ToSchema();
    }

    /// <summary>Lists every n-th block; by the block's number ML.NET puts the rows of several cursors back in order.</summary>
    private IEnumerable<(long Row, long Batch)> Rows(int number, int n)
    {
        for (long block = number; block * BlockSize < images.Count; block += n)
        {
            for (long row = block * BlockSize; row < Math.Min(images.Count, (block + 1) * BlockSize); row++)
                yield return (row, n == 1 ? 0 : block);
        }
    }

    private IEnumerable<(long Row, long Batch)> Shuffled(Random random)
    {
        int[] order = [.. Enumerable.Range(0, (int)images.Count)];
        random.Shuffle(order);
        return order.Select(row => ((long)row, 0L));
    }

    private sealed class Cursor(DataViewSchema schema, ILabelledImages images, IEnumerable<DataViewSchema.Column> active,
        IEnumerable<(long Row, long Batch)> order) : DataViewRowCursor
    {
        private readonly HashSet<int> _active = [.. active.Select(column => column.Index)];
        private readonly IEnumerator<(long Row, long Batch)> _order = order.GetEnumerator();
        private readonly IImageRows _rows = images.Open();
        private long _position = -1;

        public override DataViewSchema Schema => schema;
        public override long Position => _position;
        public override long Batch => _order.Current.Batch;
        public override bool IsColumnActive(DataViewSchema.Column column) => _active.Contains(column.Index);
        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new DataViewRowId((ulong)CurrentRow, 0);

        public override bool MoveNext()
        {
            bool moved = _order.MoveNext();
            _position = moved ? _position + 1 : -1;
            return moved;
        }

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => ColumnGetters.Create<TValue>(this, column, _
            => column.Index == 0 ? Vectors.Getter<byte>(images.Shape.Size, pixels => _rows.ReadImage(CurrentRow, pixels))
                : (ValueGetter<uint>)((ref uint key) => key = (uint)_rows.ReadLabel(CurrentRow, column.Index - 1) + 1));

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
}
