namespace FeatureReuse.Benchmarks;

/// <summary>
/// Measures contenders in turn, so that a drift of the machine's speed falls on all of them. Each round begins with another one.
/// </summary>
internal static class PairedRounds
{
    /// <summary>OpenMP's threads go on waiting for work for a while, and would take the processor from whoever is next.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    /// <returns>The samples in the contenders' order.</returns>
    public static IReadOnlyList<Sample> Measure(int rounds, params Contender[] contenders)
    {
        foreach (Contender contender in contenders)
            (contender.WarmUp ?? (() => contender.Measure()))();
        double[][] seconds = [.. contenders.Select(_ => new double[rounds])];
        for (int round = 0; round < rounds; round++)
        {
            for (int turn = 0; turn < contenders.Length; turn++)
            {
                int current = (round + turn) % contenders.Length;
                Thread.Sleep(Pause);
                seconds[current][round] = contenders[current].Measure();
            }
            IEnumerable<string> values = contenders.Zip(seconds, (contender, values) => $"{contender.Name} {values[round]:G4} s");
            Console.Error.WriteLine($"round {round + 1}: {string.Join(", ", values)}");
        }
        return [.. contenders.Zip(seconds, (contender, values) => new Sample(contender.Name, values))];
    }
}
