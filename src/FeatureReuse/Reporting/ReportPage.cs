using System.Globalization;
using System.Text;
using System.Xml.Linq;

namespace FeatureReuse;

/// <summary>The parts that all sections of a report are made of.</summary>
internal static class ReportPage
{
    private const string Style = """
        :root{color-scheme:light dark;--ink:#1d1f23;--soft:#555b66;--page:#fff;--panel:#f5f6f8;--line:#d5d9e0;--link:#0b57a8;--good:#0072b2}
        @media(prefers-color-scheme:dark){:root{--ink:#e8e8e8;--soft:#aab0bb;--page:#16181c;--panel:#20242a;--line:#3a4049;--link:#7db8f5;--good:#56b4e9}}
        *{box-sizing:border-box}
        body{margin:0;font:16px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--page);overflow-wrap:anywhere}
        header,main{max-width:60rem;margin:0 auto;padding:0 1rem}
        header{padding-top:1.5rem}
        h1{font-size:1.7rem;line-height:1.25;margin:0 0 .5rem}
        h2{font-size:1.3rem;margin:2.5rem 0 .5rem;padding-top:.5rem;border-top:1px solid var(--line)}
        h3{font-size:1.05rem;margin:1.5rem 0 .5rem}
        a{color:var(--link)}
        a:focus-visible,summary:focus-visible,.scroll:focus-visible{outline:3px solid var(--link);outline-offset:2px}
        nav ul{list-style:none;display:flex;flex-wrap:wrap;gap:.25rem 1rem;padding:0;margin:.5rem 0}
        .skip{position:absolute;left:-100rem}
        .skip:focus{left:1rem;top:.5rem;background:var(--page);padding:.5rem}
        .note{color:var(--soft);margin:.25rem 0 .75rem}
        .scroll{overflow-x:auto;max-width:100%}
        figure{margin:1rem 0}
        figure svg{display:block;width:100%;max-width:38rem;height:auto}
        figcaption{font-weight:600;margin-bottom:.25rem}
        details{margin:.5rem 0;background:var(--panel);border:1px solid var(--line);border-radius:.4rem;padding:.4rem .8rem}
        summary{cursor:pointer}
        table{border-collapse:collapse;font-size:.9rem;font-variant-numeric:tabular-nums}
        caption{text-align:left;color:var(--soft);padding:.25rem 0}
        th,td{padding:.25rem .6rem;border-bottom:1px solid var(--line);text-align:right;white-space:nowrap}
        th:first-child,td:first-child,.words td,.words th{text-align:left}
        .words td{white-space:normal;overflow-wrap:anywhere}
        .words th{vertical-align:top}
        .right{outline:2px solid var(--good);outline-offset:-2px}
        .gallery{list-style:none;padding:0;display:grid;grid-template-columns:repeat(auto-fill,minmax(8.5rem,1fr));gap:1rem}
        .gallery img{width:6rem;height:6rem;object-fit:contain;image-rendering:pixelated;display:block;background:var(--panel)}
        .gallery p{margin:.25rem 0 0;font-size:.85rem;line-height:1.35}
        pre{background:var(--panel);padding:.75rem;border-radius:.4rem;overflow-x:auto;white-space:pre-wrap}
        """;

    public static string Compose(string title, IReadOnlyList<XElement> sections)
    {
        var html = new XElement("html", new XAttribute("lang", "en"),
            new XElement("head",
                new XElement("meta", new XAttribute("charset", "utf-8")),
                new XElement("meta", new XAttribute("name", "viewport"), new XAttribute("content", "width=device-width, initial-scale=1")),
                new XElement("link", new XAttribute("rel", "icon"), new XAttribute("href", "data:,")),
                new XElement("title", title),
                new XElement("style", Style)),
            new XElement("body",
                new XElement("a", new XAttribute("class", "skip"), new XAttribute("href", "#content"), "Skip to the content"),
                new XElement("header",
                    new XElement("h1", title),
                    new XElement("nav", new XAttribute("aria-label", "Sections"), new XElement("ul", sections.Select(section => new XElement("li",
                        new XElement("a", new XAttribute("href", $"#{section.Attribute("id")!.Value}"), section.Element("h2")!.Value)))))),
                new XElement("main", new XAttribute("id", "content"), sections)));
        return "<!DOCTYPE html>\n" + html.ToString(SaveOptions.DisableFormatting) + "\n";
    }

    public static XElement Section(string id, string heading, params ReadOnlySpan<object?> content)
        => new("section", new XAttribute("id", id), new XElement("h2", heading), content.ToArray());

    public static XElement Note(string text) => new("p", new XAttribute("class", "note"), text);

    /// <summary>A chart with its values in a table and as CSV.</summary>
    public static object[] Chart(LineChart chart, ReportTable table) =>
    [
        new XElement("figure", new XElement("figcaption", chart.Title), (chart with { IsCompact = true }).ToElement()),
        new XElement("details", new XElement("summary", $"Values: {table.Caption}"), Scrolling(table.Caption, table.ToElement()), Download(table)),
    ];

    /// <summary>Wide content scrolls by itself, by touch and by keyboard, so that the page does not.</summary>
    public static XElement Scrolling(string name, XElement content)
        => new("div", new XAttribute("class", "scroll"), new XAttribute("tabindex", "0"), new XAttribute("role", "region"), new XAttribute("aria-label", name), content);

    public static XElement Download(ReportTable table) => new("p", new XElement("a", new XAttribute("download", $"{table.FileName}.csv"),
        new XAttribute("href", "data:text/csv;charset=utf-8;base64," + Convert.ToBase64String(Encoding.UTF8.GetBytes(table.ToCsv()))), $"Download {table.FileName}.csv"));

    /// <summary>Four significant digits.</summary>
    public static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture);
}
