using System.Xml.Linq;

namespace Papers.TeacherStudent;

/// <summary>Makes a document of a chart: with its title above, and published lines dashed in the colours of ours.</summary>
internal static class PaperChart
{
    private const int TitleHeight = 32;

    private const string Css = ".title{font-size:15px;font-weight:600}.reference polyline,.reference .line{stroke-dasharray:5 4}"
        + ".reference path{fill:#fff}@media(prefers-color-scheme:dark){.reference path{fill:#16181c}}";

    public static XElement Draw(LineChart chart, IReadOnlyList<ChartSeries> published)
    {
        IReadOnlyList<ChartSeries> ours = chart.Series;
        ChartSeries[] theirs = [.. published.Select(line => new ChartSeries($"{line.Name} (published)",
            [.. line.Points.Select(point => new ChartPoint(point.X, point.Y))]))];
        XElement svg = (chart with { Series = [.. ours, .. theirs] }).ToElement();
        // The lines come first, then their entries of the legend in the same order.
        XElement[] groups = [.. svg.Elements(LineChart.Svg + "g")];
        for (int i = 0; i < theirs.Length; i++)
        {
            string kind = groups[ours.ToList().FindIndex(line => line.Name == published[i].Name)].Attribute("class")!.Value;
            foreach (XElement group in new[] { groups[ours.Count + i], groups[2 * ours.Count + theirs.Length + i] })
                group.SetAttributeValue("class", $"{kind} reference");
        }
        string[] box = svg.Attribute("viewBox")!.Value.Split(' ');
        double height = double.Parse(box[3], System.Globalization.CultureInfo.InvariantCulture) + TitleHeight;
        svg.SetAttributeValue("viewBox", Invariant($"0 {-TitleHeight} {box[2]} {height}"));
        XElement page = svg.Element(LineChart.Svg + "rect")!;
        page.Add(new XAttribute("y", -TitleHeight));
        page.SetAttributeValue("height", height);
        svg.Element(LineChart.Svg + "style")!.Value += Css;
        page.AddAfterSelf(new XElement(LineChart.Svg + "text", new XAttribute("class", "title"), new XAttribute("x", 16),
            new XAttribute("y", -8), chart.Title));
        return svg;
    }
}
