using System.Globalization;

namespace FeatureReuse.Benchmarks;

/// <summary>What several rounds measured.</summary>
internal sealed record Sample(string Name, IReadOnlyList<double> Values)
{
    public double Median
    {
        get
        {
            double[] sorted = [.. Values.Order()];
            return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
        }
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name,-40} median {Median:F2}  range {Values.Min():F2} .. {Values.Max():F2}  n {Values.Count}");

    /// <summary>Round by round, so that a drift of the machine's speed cancels.</summary>
    public Sample RatioTo(Sample other) => new($"{Name} / {other.Name}", [.. Values.Zip(other.Values, (mine, theirs) => mine / theirs)]);
}
