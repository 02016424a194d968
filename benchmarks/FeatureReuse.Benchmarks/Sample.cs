namespace FeatureReuse.Benchmarks;

/// <summary>What several rounds measured.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Seconds">One value a round.</param>
internal sealed record Sample(string Name, IReadOnlyList<double> Seconds)
{
    public double Median => MedianOf(Seconds);

    /// <summary>How many times as fast this is as a peer, round by round, so that a drift of the machine's speed cancels.</summary>
    public IReadOnlyList<double> SpeedOver(Sample peer) => [.. Seconds.Zip(peer.Seconds, (own, other) => other / own)];

    public static double MedianOf(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
