using System.Diagnostics;

namespace FeatureReuse.Benchmarks;

internal static class Timing
{
    public static double SecondsOf(Action action)
    {
        var watch = Stopwatch.StartNew();
        action();
        return watch.Elapsed.TotalSeconds;
    }
}
