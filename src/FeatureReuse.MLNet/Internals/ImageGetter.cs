namespace FeatureReuse;

/// <summary>Reads the image of the row that a cursor is on; errors name the row.</summary>
/// <param name="row">The row or cursor, with the column active.</param>
/// <param name="images">The image column.</param>
/// <param name="data">The rows, in the order of the cursor, which errors quote; null where that order is unknown.</param>
internal sealed class ImageGetter(DataViewRow row, ImageColumn images, IDataView? data = null)
{
    private readonly Func<ReadOnlySpan<byte>> _read
        = images.PixelType == PixelType.Byte ? Open<byte>(row, images) : Open<float>(row, images);

    /// <summary>Reads the pixels as they lie in memory; valid until the next call.</summary>
    /// <exception cref="InvalidDataException">The image cannot be read, decoded for example, or has another size.</exception>
    public ReadOnlySpan<byte> Read()
    {
        ReadOnlySpan<byte> pixels;
        try
        {
            pixels = _read();
        }
        catch (Exception failure) when (failure is not (OperationCanceledException or OutOfMemoryException))
        {
            throw new InvalidDataException($"{Row}: column '{images.Name}' could not be read: {failure.Message}", failure);
        }
        return pixels.Length == images.BytesPerImage ? pixels : throw new InvalidDataException($"{Row}: column '{images.Name}' has "
            + $"{pixels.Length / images.BytesPerValue} values; an image of {images.Shape} has {images.Shape.Size}.");
    }

    private string Row => $"Row {row.Position}{(data is null ? "" : RowFailures.Describe(data, row.Position))}";

    private static Func<ReadOnlySpan<byte>> Open<T>(DataViewRow row, ImageColumn images) where T : unmanaged
    {
        Func<ReadOnlySpan<T>> read = DenseVectors.Open<T>(row, row.Schema[images.Name]);
        return () => MemoryMarshal.AsBytes(read());
    }
}
