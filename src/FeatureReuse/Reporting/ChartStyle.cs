namespace FeatureReuse;

/// <summary>Colours, markers and fonts of charts.</summary>
internal static class ChartStyle
{
    /// <summary>The palette of Okabe and Ito, which people with colour blindness can tell apart; lighter on a dark ground.</summary>
    private static readonly (string Light, string Dark)[] Colours =
    [
        ("#0072b2", "#56b4e9"), ("#d55e00", "#ff8a3d"), ("#009e73", "#2fd0a3"), ("#b0568c", "#e59cc8"),
        ("#a87000", "#f0c04a"), ("#4d4d4d", "#c8c8c8"), ("#6a3fb5", "#b59bf0"), ("#7a5230", "#d0a680"),
    ];

    /// <summary>Circle, square, triangle, diamond and triangle upside down.</summary>
    private static readonly string[] Markers =
    [
        "M-4,0a4,4 0 1,0 8,0a4,4 0 1,0 -8,0z", "M-3.6,-3.6h7.2v7.2h-7.2z", "M0,-4.8L4.6,3.4h-9.2z", "M0,-5L5,0L0,5L-5,0z",
        "M0,4.8L4.6,-3.4h-9.2z",
    ];

    public static string Css { get; } = string.Join('\n',
    [
        "text{font:13px system-ui,sans-serif;fill:#222}.page{fill:#fff}.grid{stroke:#e4e4e4}.axis{stroke:#888}",
        ".series polyline,.series line{fill:none;stroke-width:2}.series .spread{stroke-width:1.2}",
        .. Colours.Select((colour, i) => Paint(i, colour.Light)),
        "@media(prefers-color-scheme:dark){text{fill:#e8e8e8}.page{fill:#16181c}.grid{stroke:#33373d}",
        .. Colours.Select((colour, i) => Paint(i, colour.Dark)), "}",
    ]);

    public static string ClassOf(int index) => $"c{index % Colours.Length}";
    public static string MarkerOf(int index) => Markers[index % Markers.Length];

    private static string Paint(int i, string colour)
        => $".c{i} polyline,.c{i} line{{stroke:{colour}}}.c{i} path{{fill:{colour};stroke:{colour}}}";
}
