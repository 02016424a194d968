namespace FeatureReuse;

/// <summary>A point of a line with the ends of its spread; all above 0 on a logarithmic axis.</summary>
internal readonly record struct ChartPoint(double X, double Y, double Low, double High)
{
    public ChartPoint(double x, double y, double spread = 0) : this(x, y, y - spread, y + spread)
    {
    }
}
