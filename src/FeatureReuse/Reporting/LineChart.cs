using System.Xml.Linq;
using static System.FormattableString;
using static FeatureReuse.HtmlElements;

namespace FeatureReuse;

/// <summary>
/// Draws a chart of lines as an SVG document without references. It is readable in light and dark mode, without colours (each line has its
/// own marker) and by a screen reader (title and description).
/// </summary>
internal sealed record LineChart
{
    private const double Left = 78;
    private const double Bottom = 56;
    private const double LegendLine = 22;
    private const double LegendMark = 34;
    private const double LetterWidth = 7.8;

    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    public required string Title { get; init; }

    /// <summary>Gets the name of the horizontal axis, with its unit.</summary>
    public required string XLabel { get; init; }

    /// <summary>Gets the name of the vertical axis, with its unit.</summary>
    public required string YLabel { get; init; }

    /// <summary>Gets the lines; they have at least one point together.</summary>
    public required IReadOnlyList<ChartSeries> Series { get; init; }

    public bool IsLogX { get; init; } = true;

    public bool IsLogY { get; init; }

    /// <summary>Gets the legend's name of dashed lines.</summary>
    public string ReferenceName { get; init; } = "published";

    /// <summary>Gets whether the chart is for a narrow page: with the legend below, and without the visible title.</summary>
    public bool IsCompact { get; init; }

    /// <summary>Gets the prefix of the chart's ids, which must differ between the charts of a page.</summary>
    public string Id { get; init; } = "chart";

    private double Width => IsCompact ? 440 : 760;
    private double Height => IsCompact ? 360 : 440;
    private double Top => IsCompact ? 16 : 48;

    /// <exception cref="ArgumentException">There is no point, or one that is not finite, or not above 0 on a logarithmic axis.</exception>
    public XElement ToElement()
    {
        ChartPoint[] points = [.. Series.SelectMany(series => series.Points.Select(point => Checked(series, point)))];
        if (points.Length == 0)
            throw new ArgumentException($"The chart '{Title}' has no points.");
        var x = new ChartAxis(points.Select(point => point.X), IsLogX, isNamedByValues: true);
        var y = new ChartAxis(points.SelectMany(point => new[] { point.Low, point.High }), IsLogY, isNamedByValues: false);
        string[] names = [.. Series.Select(series => series.Name).Distinct()];
        string[] legend = Series.Any(series => series.IsReference) ? [.. names, ReferenceName] : names;
        double right = Width - (IsCompact ? 20 : LegendMark + 16 + LetterWidth * legend.Max(name => name.Length));
        double bottom = Height - Bottom;
        double whole = IsCompact ? Height + LegendLine * (legend.Length + .5) : Height;
        (double legendLeft, double legendTop) = IsCompact ? (Left, Height + LegendLine / 2) : (right + 12, Top + 12);
        double Across(double value) => Left + x.At(value) * (right - Left);
        double Up(double value) => bottom - y.At(value) * (bottom - Top);
        return Element(Svg + "svg", ("viewBox", Invariant($"0 0 {Width} {whole}")), ("role", "img"),
            ("aria-labelledby", $"{Id}-title {Id}-description"),
            Element(Svg + "title", ("id", $"{Id}-title"), Title),
            Element(Svg + "desc", ("id", $"{Id}-description"), $"{YLabel} over {XLabel}, for {string.Join(", ", names)}."),
            Element(Svg + "style", ChartStyle.Css),
            Element(Svg + "rect", ("class", "page"), At("width", Width), At("height", whole)),
            IsCompact ? null : Label("title", Left, 28, "start", Title),
            x.Ticks.Select(tick => new[]
            {
                Line("grid", Across(tick), Top, Across(tick), bottom), Label("tick", Across(tick), bottom + 20, "middle", x.NameOf(tick)),
            }),
            y.Ticks.Select(tick => new[]
            {
                Line("grid", Left, Up(tick), right, Up(tick)), Label("tick", Left - 8, Up(tick) + 4, "end", y.NameOf(tick)),
            }),
            Line("axis", Left, bottom, right, bottom), Line("axis", Left, Top, Left, bottom),
            Label("label", (Left + right) / 2, Height - 14, "middle", XLabel),
            Element(Svg + "text", ("class", "label"), ("text-anchor", "middle"),
                ("transform", Invariant($"translate(18 {(Top + bottom) / 2:F1}) rotate(-90)")), YLabel),
            Series.OrderBy(series => !series.IsReference).Select(series => Draw(series, Array.IndexOf(names, series.Name), Across, Up)),
            legend.Select((name, row) => LegendEntry(name, row, row == names.Length, legendLeft, legendTop + LegendLine * row)));
    }

    private XElement Draw(ChartSeries series, int index, Func<double, double> across, Func<double, double> up)
    {
        ChartPoint[] points = [.. series.Points.OrderBy(point => point.X)];
        string name = series.IsReference ? $"{series.Name} ({ReferenceName})" : series.Name;
        return Element(Svg + "g", ("class", $"series {ChartStyle.ClassOf(index)}{(series.IsReference ? " reference" : "")}"),
            Element(Svg + "polyline", ("points", string.Join(' ',
                points.Select(point => Invariant($"{across(point.X):F1},{up(point.Y):F1}"))))),
            points.Where(point => point.High > point.Low && !series.IsReference)
                .Select(point => Line("spread", across(point.X), up(point.Low), across(point.X), up(point.High))),
            points.Select(point => Marker(index, across(point.X), up(point.Y), Invariant($"{name}: {point.Y:G4} at {point.X:G4}"))));
    }

    private static XElement LegendEntry(string name, int row, bool isReference, double left, double height)
        => Element(Svg + "g", ("class", isReference ? "series reference" : $"series {ChartStyle.ClassOf(row)}"),
            Line("line", left, height, left + LegendMark - 8, height),
            isReference ? null : Marker(row, left + (LegendMark - 8) / 2, height, tip: null),
            Label("entry", left + LegendMark, height + 4, "start", name));

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
            if (!double.IsFinite(value) || (isLogarithmic && value <= 0))
            {
                throw new ArgumentException(Invariant($"The line '{series.Name}' has the value {value}; it must be finite")
                    + (isLogarithmic ? " and above 0 on a logarithmic axis." : "."));
            }
        }
        return point;
    }
}
