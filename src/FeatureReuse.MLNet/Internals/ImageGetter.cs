namespace FeatureReuse;

/// <summary>Reads the image of the row that a cursor is on; what goes wrong is told with the row.</summary>
/// <param name="row">The row or cursor, with the column active.</param>
/// <param name="images">What the column must hold.</param>
/// <param name="data">Where the row's position holds, to tell more of a row at fault; null where there is no such place.</param>
internal sealed class ImageGetter<T>(DataViewRow row, ImageColumn images, IDataView? data = null) where T : unmanaged
{
    private readonly ValueGetter<VBuffer<T>> _get = row.GetGetter<VBuffer<T>>(row.Schema[images.Name]);
    private VBuffer<T> _image;
    private VBuffer<T> _dense;

    /// <summary>The pixels, valid until the next call.</summary>
    /// <exception cref="InvalidDataException">The image cannot be read, decoded for example, or has another size.</exception>
    public ReadOnlySpan<T> Read()
    {
        try
        {
            _get(ref _image);
        }
        catch (Exception failure) when (failure is not (OperationCanceledException or OutOfMemoryException))
        {
            throw new InvalidDataException($"{Row}: column '{images.Name}' could not be read: {failure.Message}", failure);
        }
        if (_image.Length != images.Shape.Size)
        {
            throw new InvalidDataException($"{Row}: column '{images.Name}' has {_image.Length} values; an image of {images.Shape} has {images.Shape.Size}.");
        }
        if (_image.IsDense)
            return _image.GetValues();
        _image.CopyToDense(ref _dense);
        return _dense.GetValues();
    }

    private string Row => $"Row {row.Position}{(data is null ? "" : RowDescription.Describe(data, row.Position))}";
}
