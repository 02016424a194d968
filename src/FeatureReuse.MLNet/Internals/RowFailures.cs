namespace FeatureReuse;

/// <summary>ML.NET reads some steps ahead on several threads; when one of them fails, the failure does not say on which row.</summary>
internal static class RowFailures
{
    /// <summary>Moves the cursor on. If that fails, the rows are read once more, one by one, to name the one at fault.</summary>
    /// <exception cref="InvalidDataException">A row cannot be read.</exception>
    public static bool MoveNextOrExplain(this DataViewRowCursor cursor, IDataView data, ImageColumn images)
    {
        try
        {
            return cursor.MoveNext();
        }
        catch (InvalidOperationException failure)
        {
            if (images.PixelType == PixelType.Byte)
                ReadOneByOne<byte>(data, images);
            else
                ReadOneByOne<float>(data, images);
            throw new InvalidDataException($"A row after row {cursor.Position} could not be read: {failure.GetBaseException().Message}", failure);
        }
    }

    private static void ReadOneByOne<T>(IDataView data, ImageColumn images) where T : unmanaged
    {
        // A set of one cursor is read on the calling thread.
        foreach (DataViewRowCursor cursor in data.GetRowCursorSet([data.Schema[images.Name]], 1))
        {
            using (cursor)
            {
                var image = new ImageGetter<T>(cursor, images, data);
                while (cursor.MoveNext())
                    image.Read();
            }
        }
    }
}
