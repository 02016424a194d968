namespace FeatureReuse;

/// <summary>Describes a sample of values.</summary>
internal static class SampleStatistics
{
    /// <summary>Computes the unbiased variance; 0 for a single value.</summary>
    public static double Variance(double[] values)
    {
        double mean = values.Average();
        return values.Sum(value => (value - mean) * (value - mean)) / Math.Max(1, values.Length - 1);
    }
}
