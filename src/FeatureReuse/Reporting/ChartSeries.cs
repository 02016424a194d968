namespace FeatureReuse;

/// <summary>A line of a chart: its name in the legend, and its points in any order. Lines of the same name share a colour.</summary>
internal sealed record ChartSeries(string Name, IReadOnlyList<ChartPoint> Points);
