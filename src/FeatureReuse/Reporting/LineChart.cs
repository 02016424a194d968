using System.Globalization;
using System.Xml.Linq;

namespace FeatureReuse;

/// <summary>
/// A chart of lines as an SVG document that needs nothing else: readable in light and dark, without colours (each line has a marker of its own) and by a
/// screen reader (title and description).
/// </summary>
public sealed record LineChart
{
    private const double Left = 78;
    private const double Bottom = 56;
    private const double LegendLine = 22;
    private const double LegendMark = 34;
    private const double LetterWidth = 7.8;

    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    /// <summary>Above the chart.</summary>
    public required string Title { get; init; }

    /// <summary>What runs to the right, with its unit.</summary>
    public required string XLabel { get; init; }

    /// <summary>What runs up, with its unit.</summary>
    public required string YLabel { get; init; }

    /// <summary>At least one, with at least one point together.</summary>
    public required IReadOnlyList<ChartSeries> Series { get; init; }

    /// <summary>Default true.</summary>
    public bool IsLogX { get; init; } = true;

    /// <summary>Default false.</summary>
    public bool IsLogY { get; init; }

    /// <summary>What the legend calls dashed lines. Default "published".</summary>
    public string ReferenceName { get; init; } = "published";

    /// <summary>For narrow pages: the legend below, and the title, which a screen reader still hears, left to the page. Default false.</summary>
    public bool IsCompact { get; init; }

    /// <summary>What the chart's own references begin with; charts on one page have different ones. Default "chart".</summary>
    public string Id { get; init; } = "chart";

    /// <returns>The SVG document.</returns>
    /// <exception cref="ArgumentException">There is no point, or one that has no place: not finite, or not above 0 on a logarithmic axis.</exception>
    public string ToSvg() => ToElement().ToString();

    internal XElement ToElement()
    {
        foreach (ChartSeries series in Series)
        {
            foreach (ChartPoint point in series.Points)
            {
                RequirePlace(series.Name, point.X, IsLogX);
                RequirePlace(series.Name, point.Y, IsLogY);
                RequirePlace(series.Name, point.Low, IsLogY);
                RequirePlace(series.Name, point.High, IsLogY);
            }
        }
        ChartPoint[] points = [.. Series.SelectMany(series => series.Points)];
        if (points.Length == 0)
            throw new ArgumentException($"The chart '{Title}' has no points.");
        var x = new ChartAxis(points.Select(point => point.X), IsLogX, isNamedByValues: true);
        var y = new ChartAxis(points.SelectMany(point => new[] { point.Low, point.High }), IsLogY, isNamedByValues: false);
        string[] names = [.. Series.Select(series => series.Name).Distinct()];
        string[] legend = Series.Any(series => series.IsReference) ? [.. names, ReferenceName] : names;
        double right = IsCompact ? 20 : LegendMark + 16 + LetterWidth * legend.Max(name => name.Length);
        double Across(double value) => Left + x.At(value) * (Width - Left - right);
        double Up(double value) => Height - Bottom - y.At(value) * (Height - Top - Bottom);
        double whole = IsCompact ? Height + LegendLine * (legend.Length + .5) : Height;
        return new XElement(Svg + "svg",
            new XAttribute("viewBox", Text($"0 0 {Width} {whole}")), new XAttribute("role", "img"), new XAttribute("aria-labelledby", $"{Id}-title {Id}-description"),
            new XElement(Svg + "title", new XAttribute("id", $"{Id}-title"), Title),
            new XElement(Svg + "desc", new XAttribute("id", $"{Id}-description"), Describe()),
            new XElement(Svg + "style", Style),
            new XElement(Svg + "rect", new XAttribute("class", "page"), At("width", Width), At("height", whole)),
            IsCompact ? null : Label("title", Left, 28, "start", Title),
            x.Ticks.Select(tick => new[] { Line("grid", Across(tick), Top, Across(tick), Height - Bottom), Label("tick", Across(tick), Height - Bottom + 20, "middle", x.NameOf(tick)) }),
            y.Ticks.Select(tick => new[] { Line("grid", Left, Up(tick), Width - right, Up(tick)), Label("tick", Left - 8, Up(tick) + 4, "end", y.NameOf(tick)) }),
            Line("axis", Left, Height - Bottom, Width - right, Height - Bottom),
            Line("axis", Left, Top, Left, Height - Bottom),
            Label("label", (Left + Width - right) / 2, Height - 14, "middle", XLabel),
            new XElement(Svg + "text", new XAttribute("class", "label"), new XAttribute("text-anchor", "middle"), new XAttribute("transform", Text($"translate(18 {(Top + Height - Bottom) / 2:F1}) rotate(-90)")), YLabel),
            Series.OrderBy(series => !series.IsReference).Select(series => Draw(series, Array.IndexOf(names, series.Name), Across, Up)),
            legend.Select((name, row) => LegendEntry(name, row, names.Length, IsCompact ? Left : Width - right + 12, (IsCompact ? Height + LegendLine / 2 : Top + 12) + LegendLine * row)));
    }

    private XElement Draw(ChartSeries series, int index, Func<double, double> across, Func<double, double> up)
    {
        ChartPoint[] points = [.. series.Points.OrderBy(point => point.X)];
        return new XElement(Svg + "g", new XAttribute("class", Text($"series c{index % Colours.Length}{(series.IsReference ? " reference" : "")}")),
            new XElement(Svg + "polyline", new XAttribute("points", string.Join(' ', points.Select(point => Text($"{across(point.X):F1},{up(point.Y):F1}"))))),
            points.Where(point => point.High > point.Low && !series.IsReference).Select(point => Line("spread", across(point.X), up(point.Low), across(point.X), up(point.High))),
            points.Select(point => Marker(index, across(point.X), up(point.Y), Text($"{series.Name}{(series.IsReference ? $" ({ReferenceName})" : "")}: {point.Y:G4} at {point.X:G4}"))));
    }

    private static XElement LegendEntry(string name, int row, int reference, double left, double height)
    {
        bool isReference = row == reference;
        return new XElement(Svg + "g", new XAttribute("class", isReference ? "series reference" : Text($"series c{row % Colours.Length}")),
            Line("line", left, height, left + LegendMark - 8, height),
            isReference ? null : Marker(row, left + (LegendMark - 8) / 2, height, tip: null),
            Label("entry", left + LegendMark, height + 4, "start", name));
    }

    /// <summary>A shape for each line: circle, square, triangle, diamond and triangle upside down in turn.</summary>
    private static XElement Marker(int index, double x, double y, string? tip)
    {
        string shape = (index % 5) switch
        {
            0 => "M-4,0a4,4 0 1,0 8,0a4,4 0 1,0 -8,0z",
            1 => "M-3.6,-3.6h7.2v7.2h-7.2z",
            2 => "M0,-4.8L4.6,3.4h-9.2z",
            3 => "M0,-5L5,0L0,5L-5,0z",
            _ => "M0,4.8L4.6,-3.4h-9.2z",
        };
        return new XElement(Svg + "path", new XAttribute("d", shape), new XAttribute("transform", Text($"translate({x:F1} {y:F1})")), tip is null ? null : new XElement(Svg + "title", tip));
    }

    private static XElement Line(string kind, double x1, double y1, double x2, double y2)
        => new(Svg + "line", new XAttribute("class", kind), At("x1", x1), At("y1", y1), At("x2", x2), At("y2", y2));

    private static XElement Label(string kind, double x, double y, string anchor, string text)
        => new(Svg + "text", new XAttribute("class", kind), At("x", x), At("y", y), new XAttribute("text-anchor", anchor), text);

    private static XAttribute At(string name, double value) => new(name, Text($"{value:F1}"));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private double Width => IsCompact ? 440 : 760;

    private double Height => IsCompact ? 360 : 440;

    private double Top => IsCompact ? 16 : 48;

    private string Describe() => $"{YLabel} over {XLabel}, for {string.Join(", ", Series.Select(series => series.Name).Distinct())}.";

    private static void RequirePlace(string series, double value, bool isLogarithmic)
    {
        if (!double.IsFinite(value) || (isLogarithmic && value <= 0))
        {
            throw new ArgumentException(Text($"The line '{series}' has the value {value}; it must be finite{(isLogarithmic ? " and above 0 on a logarithmic axis" : "")}."));
        }
    }

    /// <summary>Okabe and Ito's, which those with colour blindness can tell apart; on dark ground lighter.</summary>
    private static readonly (string Light, string Dark)[] Colours =
    [
        ("#0072b2", "#56b4e9"), ("#d55e00", "#ff8a3d"), ("#009e73", "#2fd0a3"), ("#b0568c", "#e59cc8"), ("#a87000", "#f0c04a"), ("#4d4d4d", "#c8c8c8"), ("#6a3fb5", "#b59bf0"), ("#7a5230", "#d0a680"),
    ];

    private static readonly string Style = string.Join('\n',
    [
        "text{font:13px system-ui,sans-serif;fill:#222}.title{font-size:15px;font-weight:600}.page{fill:#fff}.grid{stroke:#e4e4e4}.axis{stroke:#888}",
        ".series polyline,.series line{fill:none;stroke-width:2}.series .spread{stroke-width:1.2}.reference polyline,.reference .line{stroke-dasharray:5 4;stroke-width:1.4;stroke:#777}",
        .. Colours.Select((colour, i) => $".c{i} polyline,.c{i} line{{stroke:{colour.Light}}}.c{i} path{{fill:{colour.Light};stroke:{colour.Light}}}"),
        ".reference path{fill:#fff;stroke-width:1.2}",
        "@media(prefers-color-scheme:dark){text{fill:#e8e8e8}.page{fill:#16181c}.grid{stroke:#33373d}.reference path{fill:#16181c}",
        .. Colours.Select((colour, i) => $".c{i} polyline,.c{i} line{{stroke:{colour.Dark}}}.c{i} path{{fill:{colour.Dark};stroke:{colour.Dark}}}.c{i}.reference path{{fill:#16181c}}"),
        "}",
    ]);
}
