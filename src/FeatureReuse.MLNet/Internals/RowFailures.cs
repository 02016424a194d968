namespace FeatureReuse;

/// <summary>
/// Finds the row at fault. ML.NET reads some steps ahead on several threads; when one of them fails, the exception names no row.
/// </summary>
internal static class RowFailures
{
    /// <summary>Moves the cursor on. If that fails, reads the images once more, one by one, for an error that names the row.</summary>
    /// <exception cref="InvalidDataException">A row cannot be read.</exception>
    public static bool MoveNextOrExplain(this DataViewRowCursor cursor, IDataView data, ImageColumn images)
    {
        try
        {
            return cursor.MoveNext();
        }
        catch (InvalidOperationException failure)
        {
            ReadOneByOne(data, images);
            string reason = failure.GetBaseException().Message;
            throw new InvalidDataException($"A row after row {cursor.Position} could not be read: {reason}", failure);
        }
    }

    /// <summary>Quotes the text columns of a row, such as the name of its file.</summary>
    /// <returns>As in " (Path 'cat1.jpg', Label 'cat')"; empty without text columns.</returns>
    public static string Describe(IDataView data, long position)
    {
        DataViewSchema.Column[] texts = [.. data.Schema.Where(column => !column.IsHidden && column.Type is TextDataViewType)];
        if (texts.Length == 0)
            return "";
        using DataViewRowCursor cursor = data.GetRowCursor(texts);
        while (cursor.MoveNext())
        {
            if (cursor.Position == position)
                return $" ({string.Join(", ", texts.Select(column => $"{column.Name} '{TextOf(cursor, column)}'"))})";
        }
        return "";
    }

    private static ReadOnlyMemory<char> TextOf(DataViewRowCursor cursor, DataViewSchema.Column column)
    {
        ReadOnlyMemory<char> text = default;
        cursor.GetGetter<ReadOnlyMemory<char>>(column)(ref text);
        return text;
    }

    private static void ReadOneByOne(IDataView data, ImageColumn images)
    {
        // A set of one cursor is read on the calling thread.
        foreach (DataViewRowCursor cursor in data.GetRowCursorSet([data.Schema[images.Name]], 1))
        {
            using (cursor)
            {
                var image = new ImageGetter(cursor, images, data);
                while (cursor.MoveNext())
                    image.Read();
            }
        }
    }
}
