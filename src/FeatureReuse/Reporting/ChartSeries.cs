namespace FeatureReuse;

/// <summary>A line of a chart.</summary>
/// <param name="Name">As the legend has it. Lines of the same name share a colour.</param>
/// <param name="Points">In any order.</param>
/// <param name="IsReference">Drawn dashed and with open markers: a value to compare with, such as a published one.</param>
public sealed record ChartSeries(string Name, IReadOnlyList<ChartPoint> Points, bool IsReference = false);
