using System.Globalization;
using System.Xml.Linq;

namespace FeatureReuse;

/// <summary>Values below a chart: shown with four digits, in the CSV with all of them.</summary>
/// <param name="FileName">Of the CSV, without its ending.</param>
/// <param name="Caption">What the table shows.</param>
/// <param name="Columns">The headings.</param>
/// <param name="Rows">Text, numbers, or null where there is none.</param>
internal sealed record ReportTable(string FileName, string Caption, IReadOnlyList<string> Columns, IReadOnlyList<object?[]> Rows)
{
    public XElement ToElement() => new("table",
        new XElement("caption", Caption),
        new XElement("thead", new XElement("tr", Columns.Select(column => new XElement("th", new XAttribute("scope", "col"), column)))),
        new XElement("tbody", Rows.Select(row => new XElement("tr", row.Select((cell, index) => index == 0
            ? new XElement("th", new XAttribute("scope", "row"), Shown(cell)) : new XElement("td", Shown(cell)))))));

    public string ToCsv() => string.Concat(Rows.Cast<IEnumerable<object?>>().Prepend(Columns).Select(row => string.Join(',', row.Select(Field)) + "\n"));

    private static string Shown(object? cell) => cell switch
    {
        null => "–",
        double number => ReportPage.Number(number),
        _ => Convert.ToString(cell, CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : "–",
    };

    private static string Field(object? cell)
    {
        string text = Convert.ToString(cell, CultureInfo.InvariantCulture) ?? "";
        return text.AsSpan().IndexOfAny(",\"\n\r") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
