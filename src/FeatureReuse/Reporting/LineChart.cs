using System.Xml.Linq;
using static System.FormattableString;
using static FeatureReuse.HtmlElements;

namespace FeatureReuse;

/// <summary>
/// Draws a chart of lines as an SVG document without references. It is readable in light and dark mode, without colours (each line has its
/// own marker) and by a screen reader (title and description). The ids of a page's charts must differ. The title is drawn only on request,
/// since the text around a chart usually names it.
/// </summary>
internal sealed record LineChart(string Id, string Title, string XLabel, string YLabel, IReadOnlyList<ChartSeries> Series,
    bool IsLogX = true, bool IsLogY = false, bool IsTitleDrawn = false)
{
    private const double Width = 440;
    private const double Height = 360;
    private const double Left = 78;
    private const double Right = Width - 20;
    private const double Top = 16;
    private const double Bottom = Height - 56;
    private const double LegendLine = 22;
    private const double LegendMark = 34;
    private const double TitleHeight = 32;
    private const string TitleCss = ".title{font-size:15px;font-weight:600}";
    private const string ReferenceCss = ".reference polyline,.reference .line{stroke-dasharray:5 4}.reference path{fill:#fff}"
        + "@media(prefers-color-scheme:dark){.reference path{fill:#16181c}}";

    public static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    public XElement ToElement()
    {
        ChartPoint[] points = [.. Series.SelectMany(series => series.Points.Select(point => Checked(series, point)))];
        if (points.Length == 0)
            throw new ArgumentException($"The chart '{Title}' has no points.");
        var x = new ChartAxis(points.Select(point => point.X), IsLogX, isNamedByValues: true);
        var y = new ChartAxis(points.SelectMany(point => new[] { point.Low, point.High }), IsLogY, isNamedByValues: false);
        string[] names = [.. Series.Select(series => series.Name).Distinct()];
        double top = IsTitleDrawn ? -TitleHeight : 0;
        double whole = Height - top + LegendLine * (names.Length + .5);
        double Across(double value) => Left + x.At(value) * (Right - Left);
        double Up(double value) => Bottom - y.At(value) * (Bottom - Top);
        bool hasReference = Series.Any(series => series.ReferenceFor is not null);
        return Element(Svg + "svg", ("viewBox", Invariant($"0 {top} {Width} {whole}")), ("role", "img"),
            ("aria-labelledby", $"{Id}-title {Id}-description"),
            Element(Svg + "title", ("id", $"{Id}-title"), Title),
            Element(Svg + "desc", ("id", $"{Id}-description"), $"{YLabel} over {XLabel}, for {string.Join(", ", names)}."),
            Element(Svg + "style", ChartStyle.Css + (IsTitleDrawn ? TitleCss : "") + (hasReference ? ReferenceCss : "")),
            Element(Svg + "rect", ("class", "page"), At("width", Width), At("height", whole), IsTitleDrawn ? At("y", top) : null),
            IsTitleDrawn ? Label("title", 16, -8, "start", Title) : null,
            x.Ticks.Select(tick => new[] { Line("grid", Across(tick), Top, Across(tick), Bottom),
                Label("tick", Across(tick), Bottom + 20, "middle", x.NameOf(tick)) }),
            y.Ticks.Select(tick => new[] { Line("grid", Left, Up(tick), Right, Up(tick)),
                Label("tick", Left - 8, Up(tick) + 4, "end", y.NameOf(tick)) }),
            Line("axis", Left, Bottom, Right, Bottom), Line("axis", Left, Top, Left, Bottom),
            Label("label", (Left + Right) / 2, Height - 14, "middle", XLabel),
            Element(Svg + "text", ("class", "label"), ("text-anchor", "middle"),
                ("transform", Invariant($"translate(18 {(Top + Bottom) / 2:F1}) rotate(-90)")), YLabel),
            Series.Select(series => Draw(series, KindOf(series), Array.IndexOf(names, series.Name), Across, Up)),
            Series.DistinctBy(series => series.Name)
                .Select((series, row) => LegendEntry(series.Name, KindOf(series), row, Height + LegendLine * (row + .5))));

        string KindOf(ChartSeries series) => $"series {ChartStyle.ClassOf(Array.IndexOf(names, series.ReferenceFor ?? series.Name))}"
            + (series.ReferenceFor is null ? "" : " reference");
    }

    private static XElement Draw(ChartSeries series, string kind, int index, Func<double, double> across, Func<double, double> up)
    {
        ChartPoint[] points = [.. series.Points.OrderBy(point => point.X)];
        return Element(Svg + "g", ("class", kind),
            Element(Svg + "polyline", ("points", string.Join(' ',
                points.Select(point => Invariant($"{across(point.X):F1},{up(point.Y):F1}"))))),
            points.Where(point => point.High > point.Low)
                .Select(point => Line("spread", across(point.X), up(point.Low), across(point.X), up(point.High))),
            points.Select(point => Marker(index, across(point.X), up(point.Y), Invariant($"{series.Name}: {point.Y:G4} at {point.X:G4}"))));
    }

    private static XElement LegendEntry(string name, string kind, int row, double height)
        => Element(Svg + "g", ("class", kind), Line("line", Left, height, Left + LegendMark - 8, height),
            Marker(row, Left + (LegendMark - 8) / 2, height, tip: null), Label("entry", Left + LegendMark, height + 4, "start", name));

    private static XElement Marker(int index, double x, double y, string? tip) => Element(Svg + "path", ("d", ChartStyle.MarkerOf(index)),
        ("transform", Invariant($"translate({x:F1} {y:F1})")), tip is null ? null : Element(Svg + "title", tip));

    private static XElement Line(string kind, double x1, double y1, double x2, double y2)
        => Element(Svg + "line", ("class", kind), At("x1", x1), At("y1", y1), At("x2", x2), At("y2", y2));

    private static XElement Label(string kind, double x, double y, string anchor, string text)
        => Element(Svg + "text", ("class", kind), At("x", x), At("y", y), ("text-anchor", anchor), text);

    private static (string, string) At(string name, double value) => (name, Invariant($"{value:F1}"));

    private ChartPoint Checked(ChartSeries series, ChartPoint point)
    {
        (double, bool)[] values = [(point.X, IsLogX), (point.Y, IsLogY), (point.Low, IsLogY), (point.High, IsLogY)];
        foreach ((double value, bool isLogarithmic) in values)
        {
            string wanted = isLogarithmic ? "finite and above 0 on a logarithmic axis" : "finite";
            if (!double.IsFinite(value) || (isLogarithmic && value <= 0))
                throw new ArgumentException(Invariant($"The line '{series.Name}' has the value {value}; it must be {wanted}."));
        }
        return point;
    }
}
