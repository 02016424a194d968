using System.Globalization;
using CsvHelper;
using FeatureReuse.Benchmarks.Peers;

namespace FeatureReuse.Benchmarks;

/// <summary>
/// What a file of runs took against one process of PyTorch that does the same steps one run after another, extrapolated from its time for
/// a step of each size.
/// </summary>
internal static class FamilyTime
{
    /// <summary>Rows of a step of the ReLU networks.</summary>
    private const int BatchSize = 128;

    public static void Run(string csv, int parallel, string python)
    {
        using var reader = new CsvReader(new StreamReader(csv), CultureInfo.InvariantCulture);
        reader.Read();
        reader.ReadHeader();
        string kind = reader.HeaderRecord!.Contains("units") ? "relu" : "diagonal";
        List<(int Rows, long Steps, double Seconds)> runs = [];
        while (reader.Read())
        {
            // MTL has two tasks, and ridge regression no steps.
            if (reader.GetField("setup") != "MTL" && reader.GetField<long>("steps") is > 0 and var steps)
            {
                int rows = reader.GetField<int>("n_train");
                runs.Add((kind == "relu" ? Math.Min(rows, BatchSize) : rows, steps, reader.GetField<double>("seconds")));
            }
        }
        using var peer = PeerProcess.Python(python, "step_shallow.py");
        double ours = runs.Sum(run => run.Seconds) / parallel;
        double theirs = runs.GroupBy(run => run.Rows).Sum(size => size.Sum(run => run.Steps) * peer.Ask($"{kind} {size.Key} 2000"));
        Console.WriteLine(Versions.Line(peer.Version));
        Console.WriteLine($"{runs.Count} runs, {runs.Sum(run => run.Steps):N0} steps: ours {ours / 60:F1} minutes "
            + $"({parallel} runs at a time), PyTorch {theirs / 60:F1} minutes (one after another): {theirs / ours:F1} times");
    }
}
