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
            throw new InvalidDataException($"{Describe()}: column '{images.Name}' could not be read: {failure.Message}", failure);
        }
        return pixels.Length == images.BytesPerImage ? pixels : throw new InvalidDataException($"{Describe()}: column '{images.Name}' has "
            + $"{pixels.Length / images.PixelType.Size} values; an image of {images.Shape} has {images.Shape.Size}.");
    }

    /// <summary>
    /// Moves a cursor on. ML.NET reads some steps ahead on several threads; when one of them fails, the exception names no row. Then this
    /// reads the images once more, one by one, for an error that does.
    /// </summary>
    /// <exception cref="InvalidDataException">A row cannot be read.</exception>
    public static bool MoveNext(DataViewRowCursor cursor, IDataView data, ImageColumn images)
    {
        try
        {
            return cursor.MoveNext();
        }
        catch (InvalidOperationException failure)
        {
            // A set of one cursor is read on the calling thread.
            using DataViewRowCursor single = data.GetRowCursorSet([data.Schema[images.Name]], 1).Single();
            var image = new ImageGetter(single, images, data);
            while (single.MoveNext())
                image.Read();
            string reason = failure.GetBaseException().Message;
            throw new InvalidDataException($"A row after row {cursor.Position} could not be read: {reason}", failure);
        }
    }

    /// <summary>Quotes the text columns of the row, such as the name of its file, as in "Row 3 (Path 'cat1.jpg', Label 'cat')".</summary>
    private string Describe()
    {
        string[] texts = [.. data?.Schema.Where(column => !column.IsHidden && column.Type is TextDataViewType)
            .Select(text => $"{text.Name} '{data.GetColumn<string>(text).ElementAt((int)row.Position)}'") ?? []];
        return texts.Length == 0 ? $"Row {row.Position}" : $"Row {row.Position} ({string.Join(", ", texts)})";
    }

    private static Func<ReadOnlySpan<byte>> Open<T>(DataViewRow row, ImageColumn images) where T : unmanaged
    {
        Func<ReadOnlySpan<T>> read = Vectors.Open<T>(row, row.Schema[images.Name]);
        return () => MemoryMarshal.AsBytes(read());
    }
}
