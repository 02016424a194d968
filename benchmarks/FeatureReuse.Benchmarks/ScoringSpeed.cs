using FeatureReuse.Benchmarks.Peers;

namespace FeatureReuse.Benchmarks;

/// <summary>
/// Scoring test images through the pipeline against bare forward passes of tensors that lie ready, in TorchSharp and in PyTorch.
/// </summary>
internal static class ScoringSpeed
{
    public static void Run(string folder, int images, int rounds, string python)
    {
        using PeerProcess plain = PeerProcess.Plain("score", folder, $"{images}");
        using var pytorch = PeerProcess.Python(python, "score_resnet18.py", Path.Combine(folder, "test.bin"), $"{images}");
        using var library = new LibraryScoring(folder, images);
        var table = new ComparisonTable(Versions.Line(pytorch.Version));
        IReadOnlyList<Sample> samples = PairedRounds.Measure(
            rounds,
            new Contender("Transform", library.Seconds),
            new Contender("plain TorchSharp", () => plain.Ask("forward")),
            new Contender("PyTorch", () => pytorch.Ask("forward")));
        table.Add("scoring", Unit.PerSecond("images/s", images), samples[0], samples[1], samples[2]);
    }
}
