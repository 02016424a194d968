using System.Xml.Linq;
using static FeatureReuse.HtmlElements;

namespace FeatureReuse;

/// <summary>A table of texts, numbers and nulls, shown with four significant digits; its CSV file has all digits.</summary>
internal sealed record ReportTable(string FileName, string Caption, IReadOnlyList<string> Columns, IEnumerable<object?[]> Rows)
{
    /// <summary>Creates a table with a row for each item.</summary>
    public static ReportTable From<T>(
        string fileName, string caption, IEnumerable<T> items, params (string Name, Func<T, object?> Value)[] columns)
        => new(fileName, caption, [.. columns.Select(column => column.Name)],
            items.Select(item => columns.Select(column => column.Value(item)).ToArray()));

    public XElement ToElement() => Element("table",
        Element("caption", Caption),
        Element("thead", Element("tr", Columns.Select(column => Element("th", ("scope", "col"), column)))),
        Element("tbody", Rows.Select(row => Element("tr",
            Element("th", ("scope", "row"), Shown(row[0])), row.Skip(1).Select(cell => Element("td", Shown(cell)))))));

    public string ToCsv()
        => string.Concat(Rows.Cast<IEnumerable<object?>>().Prepend(Columns).Select(row => string.Join(',', row.Select(Field)) + "\n"));

    private static string Shown(object? cell) => cell is double number ? Number(number) : Text(cell) is { Length: > 0 } text ? text : "–";

    private static string Field(object? cell)
    {
        string text = Text(cell);
        return text.AsSpan().IndexOfAny(",\"\n\r") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private static string Text(object? cell) => Convert.ToString(cell, CultureInfo.InvariantCulture) ?? "";
}
