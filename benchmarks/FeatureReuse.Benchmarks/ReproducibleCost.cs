using FeatureReuse.Benchmarks.Peers;

namespace FeatureReuse.Benchmarks;

/// <summary>The library in a process as it is, in which MKL's products are reproducible, against processes without that.</summary>
internal static class ReproducibleCost
{
    /// <summary>The most that a user can ask for by the variable itself: whatever value MKL does not know means this one.</summary>
    private const string Auto = "AUTO";

    public static void Run(string folder, int images, int scored, int rounds)
    {
        PeerProcess Process(string? mkl) => PeerProcess.OfThisProgram(mkl, "library", folder, $"{scored}");
        using PeerProcess library = Process(null);
        using PeerProcess auto = Process(Auto);
        using PeerProcess none = Process(MklSetting.None);
        var table = new ComparisonTable(Versions.Line());
        void Compare(string what, Unit unit, string question, string? warmUp = null)
        {
            Contender Of(string name, PeerProcess process) => new(name, () => process.Ask(question), () => process.Ask(warmUp ?? question));
            IReadOnlyList<Sample> samples = PairedRounds.Measure(
                rounds, Of("AUTO,STRICT", library), Of($"{MklSetting.Variable} {Auto}", auto), Of($"{MklSetting.Variable} not set", none));
            table.Add(what, unit, samples[0], samples[1], samples[2]);
        }
        Compare("training", Unit.PerSecond("images/s", images), $"fit {images}", $"fit {Math.Min(images, 4 * LibraryTraining.BatchSize)}");
        Compare("scoring", Unit.PerSecond("images/s", scored), "score");
        foreach (int size in new[] { 1024, 2048 })
            Compare($"product of {size} x {size}", Unit.PerSecond("GFLOP/s", 2e-9 * size * size * size), $"product {size}");
    }
}
