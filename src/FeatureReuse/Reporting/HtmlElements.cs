using System.Text;
using System.Xml.Linq;

namespace FeatureReuse;

/// <summary>Builds elements of HTML and SVG, and the parts that all sections of a report are made of.</summary>
internal static class HtmlElements
{
    /// <summary>Creates an element of texts, elements and sequences of them. Pairs of strings are attributes; null is left out.</summary>
    public static XElement Element(XName name, params IEnumerable<object?> content)
        => new(name, content.Select(part => part is (string attribute, string value) ? new XAttribute(attribute, value) : part));

    public static XElement Section(string id, string heading, params IEnumerable<object?> content)
        => Element("section", ("id", id), Element("h2", heading), content);

    public static XElement Note(string text) => Element("p", ("class", "note"), text);

    /// <summary>Shows a chart with its values in a table and as CSV.</summary>
    public static object[] Chart(LineChart chart, ReportTable table) =>
    [
        Element("figure", Element("figcaption", chart.Title), chart.ToElement()),
        Element("details", Element("summary", $"Values: {table.Caption}"), Shown(table), Download(table)),
    ];

    public static XElement Shown(ReportTable table) => Scrolling(table.Caption, table.ToElement());

    /// <summary>Lets wide content scroll by itself, by touch and by keyboard, so that the page does not.</summary>
    public static XElement Scrolling(string name, XElement content)
        => Element("div", ("class", "scroll"), ("tabindex", "0"), ("role", "region"), ("aria-label", name), content);

    public static XElement Download(ReportTable table)
    {
        string content = Convert.ToBase64String(Encoding.UTF8.GetBytes(table.ToCsv()));
        return Element("p", Element("a", ("download", $"{table.FileName}.csv"), ("href", $"data:text/csv;charset=utf-8;base64,{content}"),
            $"Download {table.FileName}.csv"));
    }

    /// <summary>Formats a number with four significant digits.</summary>
    public static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture);
}
