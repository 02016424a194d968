using System.Text;
using System.Xml.Linq;
using static FeatureReuse.HtmlElements;

namespace FeatureReuse;

/// <summary>Builds the parts that all sections of a report are made of.</summary>
internal static class ReportPage
{
    public static string Compose(string title, IReadOnlyList<XElement> sections)
    {
        XElement html = Element("html", ("lang", "en"),
            Element("head",
                Element("meta", ("charset", "utf-8")),
                Element("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1")),
                Element("link", ("rel", "icon"), ("href", "data:,")),
                Element("title", title),
                Element("style", Style())),
            Element("body",
                Element("a", ("class", "skip"), ("href", "#content"), "Skip to the content"),
                Element("header", Element("h1", title), Element("nav", ("aria-label", "Sections"), Element("ul", sections.Select(section
                    => Element("li", Element("a", ("href", $"#{section.Attribute("id")!.Value}"), section.Element("h2")!.Value)))))),
                Element("main", ("id", "content"), sections)));
        return "<!DOCTYPE html>\n" + html.ToString(SaveOptions.DisableFormatting) + "\n";
    }

    public static XElement Section(string id, string heading, params IEnumerable<object?> content)
        => Element("section", ("id", id), Element("h2", heading), content);

    public static XElement Note(string text) => Element("p", ("class", "note"), text);

    /// <summary>Shows a chart with its values in a table and as CSV.</summary>
    public static object[] Chart(LineChart chart, ReportTable table) =>
    [
        Element("figure", Element("figcaption", chart.Title), (chart with { IsCompact = true }).ToElement()),
        Element("details", Element("summary", $"Values: {table.Caption}"), Scrolling(table.Caption, table.ToElement()), Download(table)),
    ];

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

    private static string Style()
    {
        using var reader = new StreamReader(typeof(ReportPage).Assembly.GetManifestResourceStream("report.css")!);
        return reader.ReadToEnd();
    }
}
