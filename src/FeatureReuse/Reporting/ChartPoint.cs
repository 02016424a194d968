namespace FeatureReuse;

/// <summary>A point of a line with its spread.</summary>
/// <param name="X">The place to the right; above 0 on a logarithmic axis.</param>
/// <param name="Y">The value; above 0 on a logarithmic axis.</param>
/// <param name="Low">The lower end of the spread.</param>
/// <param name="High">The upper end of the spread.</param>
internal readonly record struct ChartPoint(double X, double Y, double Low, double High)
{
    /// <summary>Creates a point with the same spread on both sides, or none.</summary>
    public ChartPoint(double x, double y, double spread = 0) : this(x, y, y - spread, y + spread)
    {
    }
}
