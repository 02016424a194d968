using System.Globalization;

namespace FeatureReuse.Benchmarks;

/// <summary>A table in Markdown below a line with the versions; its rows are written as they are known.</summary>
internal sealed class ComparisonTable
{
    private readonly TextWriter _output = Console.Out;

    public ComparisonTable(string versions)
    {
        _output.WriteLine(versions);
        _output.WriteLine();
        _output.WriteLine("| | ours | peer | speed, ours / peer: median (min .. max) | n |");
        _output.WriteLine("|---|---|---|---|---|");
    }

    /// <summary>Adds a row for each peer, with medians and the ratio of the rounds.</summary>
    public void Add(string what, Unit unit, Sample ours, params Sample[] peers)
    {
        foreach (Sample peer in peers)
        {
            IReadOnlyList<double> ratios = ours.SpeedOver(peer);
            string ratio = $"{Sample.MedianOf(ratios):F2} ({ratios.Min():F2} .. {ratios.Max():F2})";
            _output.WriteLine(
                $"| {what}, {unit.Name} | {Show(unit, ours)} | {Show(unit, peer)} ({peer.Name}) | {ratio} | {ratios.Count} |");
        }
    }

    /// <summary>Adds a row of what has no peer.</summary>
    public void Add(string what, Unit unit, Sample ours)
    {
        string range = $"{Show(unit, ours.Seconds.Min())} .. {Show(unit, ours.Seconds.Max())}";
        _output.WriteLine($"| {what}, {unit.Name} | {Show(unit, ours)} ({range}) | | | {ours.Seconds.Count} |");
    }

    /// <summary>Adds a row of one measurement.</summary>
    public void Add(string what, string value) => _output.WriteLine($"| {what} | {value} | | | 1 |");

    private static string Show(Unit unit, Sample sample) => Show(unit, sample.Median);

    /// <summary>With three digits, or all before the point.</summary>
    private static string Show(Unit unit, double seconds)
    {
        double value = unit.Of(seconds);
        int decimals = value > 0 ? Math.Clamp(2 - (int)Math.Floor(Math.Log10(value)), 0, 6) : 0;
        return value.ToString($"N{decimals}", CultureInfo.InvariantCulture);
    }
}
