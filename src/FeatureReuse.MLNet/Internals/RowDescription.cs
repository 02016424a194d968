namespace FeatureReuse;

/// <summary>The texts of a row, such as the name of its file, for error messages.</summary>
internal static class RowDescription
{
    /// <returns>As in " (Path 'cat1.jpg', Label 'cat')"; empty where there is no text.</returns>
    public static string Describe(IDataView data, long position)
    {
        DataViewSchema.Column[] texts = [.. data.Schema.Where(column => !column.IsHidden && column.Type is TextDataViewType)];
        if (texts.Length == 0)
            return "";
        using DataViewRowCursor cursor = data.GetRowCursor(texts);
        while (cursor.MoveNext())
        {
            if (cursor.Position == position)
                return $" ({string.Join(", ", texts.Select(column => Describe(cursor, column)))})";
        }
        return "";
    }

    private static string Describe(DataViewRowCursor cursor, DataViewSchema.Column column)
    {
        ReadOnlyMemory<char> text = default;
        cursor.GetGetter<ReadOnlyMemory<char>>(column)(ref text);
        return $"{column.Name} '{text}'";
    }
}
