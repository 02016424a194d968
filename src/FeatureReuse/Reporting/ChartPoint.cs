namespace FeatureReuse;

/// <summary>A point of a line with its spread.</summary>
/// <param name="X">Where it stands; above 0 on a logarithmic axis.</param>
/// <param name="Y">The value; above 0 on a logarithmic axis.</param>
/// <param name="Low">The lower end of the spread; the value itself where there is none.</param>
/// <param name="High">The upper end.</param>
public readonly record struct ChartPoint(double X, double Y, double Low, double High);
