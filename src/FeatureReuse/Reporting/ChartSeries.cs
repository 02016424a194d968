namespace FeatureReuse;

/// <summary>A line of a chart. Lines of the same name share a colour.</summary>
/// <param name="Name">The name in the legend.</param>
/// <param name="Points">The points in any order.</param>
/// <param name="ReferenceFor">The name of the line that this one is a reference for: it is drawn dashed in the same colour.</param>
internal sealed record ChartSeries(string Name, IReadOnlyList<ChartPoint> Points, string? ReferenceFor = null);
