namespace FeatureReuse;

/// <summary>Computes the outputs of a mapping for one row after the other, a batch at a time.</summary>
internal sealed class BatchedScores(DataViewRowCursor cursor, IDataView data, bool isShuffled, ImageMapping mapping) : IDisposable
{
    /// <summary>What the images of a batch may take; large images come in smaller batches.</summary>
    private const int MostBytes = 1 << 27;

    private readonly int _batchSize = Math.Clamp(MostBytes / mapping.Images.BytesPerImage, 1, Inference.BatchSize);
    private readonly ImageGetter _image = new(cursor, mapping.Images, isShuffled ? null : data);
    private readonly ValueGetter<DataViewRowId> _getId = cursor.GetIdGetter();
    private readonly DataViewRowId[] _ids = new DataViewRowId[Inference.BatchSize];
    private byte[] _pixels = [];
    private float[] _values = [];
    private int _rows;
    private int _row;

    public DataViewRowId CurrentId => _ids[_row];
    public ReadOnlyMemory<float> Current => _values.AsMemory(_row * mapping.Width, mapping.Width);

    /// <summary>Goes to the next row; false when there is none.</summary>
    public bool MoveNext()
    {
        if (++_row >= _rows)
            ReadBatch();
        return _row < _rows;
    }

    public void Dispose() => cursor.Dispose();

    private void ReadBatch()
    {
        (_rows, _row) = (0, 0);
        int size = mapping.Images.BytesPerImage;
        while (_rows < _batchSize && ImageGetter.MoveNext(cursor, data, mapping.Images))
        {
            ReadOnlySpan<byte> pixels = _image.Read();
            if (_pixels.Length < (_rows + 1) * size)
                Array.Resize(ref _pixels, Math.Min(2 * _rows + 1, _batchSize) * size);
            pixels.CopyTo(_pixels.AsSpan(_rows * size));
            _getId(ref _ids[_rows]);
            _rows++;
        }
        if (_rows > 0)
            _values = mapping.Compute(_pixels, _rows);
    }
}
