namespace FeatureReuse;

/// <summary>A line of a chart.</summary>
/// <param name="Name">The name in the legend. Lines of the same name share a colour.</param>
/// <param name="Points">The points, in any order.</param>
/// <param name="IsReference">Whether the line is dashed with open markers: values to compare with, such as published ones.</param>
internal sealed record ChartSeries(string Name, IReadOnlyList<ChartPoint> Points, bool IsReference = false);
