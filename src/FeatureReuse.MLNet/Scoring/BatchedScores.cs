namespace FeatureReuse;

/// <summary>The floats of one row after the other, computed a batch at a time.</summary>
internal abstract class BatchedScores : IDisposable
{
    private const int BatchSize = 256;

    /// <summary>Computes ahead of the caller; the cursor goes over the images of the data, in any order.</summary>
    public static BatchedScores Over(DataViewRowCursor cursor, IDataView data, bool isShuffled, ImageMapping mapping)
        => mapping.Images.PixelType == PixelType.Byte ? new Typed<byte>(cursor, data, isShuffled, mapping) : new Typed<float>(cursor, data, isShuffled, mapping);

    /// <summary>Goes to the next row; false when there is none.</summary>
    public abstract bool MoveNext();

    /// <summary>The row that the floats belong to.</summary>
    public abstract DataViewRowId CurrentId { get; }

    public abstract ReadOnlyMemory<float> Current { get; }

    public abstract void Dispose();

    private sealed class Typed<T> : BatchedScores where T : unmanaged
    {
        private readonly DataViewRowCursor _cursor;
        private readonly IDataView _data;
        private readonly ImageMapping _mapping;
        private readonly ImageGetter<T> _image;
        private readonly ValueGetter<DataViewRowId> _getId;
        private readonly DataViewRowId[] _ids = new DataViewRowId[BatchSize];
        private readonly T[] _pixels;
        private float[] _values = [];
        private int _rows;
        private int _row;

        public Typed(DataViewRowCursor cursor, IDataView data, bool isShuffled, ImageMapping mapping)
        {
            _cursor = cursor;
            _data = data;
            _mapping = mapping;
            _image = new ImageGetter<T>(cursor, mapping.Images, isShuffled ? null : data);
            _getId = cursor.GetIdGetter();
            _pixels = new T[BatchSize * mapping.Images.Shape.Size];
        }

        public override DataViewRowId CurrentId => _ids[_row];

        public override ReadOnlyMemory<float> Current => _values.AsMemory(_row * _mapping.Width, _mapping.Width);

        public override bool MoveNext()
        {
            if (++_row >= _rows)
                ReadBatch();
            return _row < _rows;
        }

        public override void Dispose() => _cursor.Dispose();

        private void ReadBatch()
        {
            (_rows, _row) = (0, 0);
            int size = _mapping.Images.Shape.Size;
            while (_rows < BatchSize && _cursor.MoveNextOrExplain(_data, _mapping.Images))
            {
                _image.Read().CopyTo(_pixels.AsSpan(_rows * size, size));
                _getId(ref _ids[_rows]);
                _rows++;
            }
            if (_rows > 0)
                _values = _mapping.Compute<T>(_pixels, _rows);
        }
    }
}
