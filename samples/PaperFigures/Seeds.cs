using System.Globalization;

namespace PaperFigures;

/// <summary>A value over seeds.</summary>
/// <param name="Mean">Its mean.</param>
/// <param name="StandardError">The mean's standard error; not a number for one seed.</param>
/// <param name="Count">The number of seeds.</param>
internal readonly record struct Seeds(double Mean, double StandardError, int Count)
{
    public static Seeds Of(double[] values)
    {
        double mean = values.Average();
        double variance = values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1);
        return new(mean, Math.Sqrt(variance / values.Length), values.Length);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Mean:F3}{(Count > 1 ? $" ± {StandardError:F3}" : "")} ({Count})");
}
