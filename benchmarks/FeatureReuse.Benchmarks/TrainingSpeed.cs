using FeatureReuse.Benchmarks.Peers;

namespace FeatureReuse.Benchmarks;

/// <summary>
/// Whole epochs of ResNet-18 at batch 128: reading, building and training by Fit against the loop alone in TorchSharp and in PyTorch.
/// </summary>
internal static class TrainingSpeed
{
    private const int WarmUpImages = 4 * LibraryTraining.BatchSize;

    public static void Run(string folder, int images, int rounds, string python)
    {
        string batchSize = $"{LibraryTraining.BatchSize}";
        PeerProcess Plain(Precision precision) => PeerProcess.Plain("train", folder, $"{images}", batchSize, $"{precision}");
        using PeerProcess plain = Plain(Precision.Float32);
        using PeerProcess plainReduced = Plain(Precision.BFloat16);
        using var pytorch = PeerProcess.Python(python, "train_resnet18.py", Path.Combine(folder, "train.bin"), $"{images}", batchSize);

        Contender Of(string name, Func<int, double> epoch) => new(name, () => epoch(images), () => epoch(Math.Min(images, WarmUpImages)));
        Contender Ours(Precision precision) => Of($"Fit in {precision}", count => LibraryTraining.SecondsOfFit(folder, count, precision));
        Contender Peer(string name, PeerProcess peer) => Of(name, count => peer.Ask($"epoch {count}"));
        var table = new ComparisonTable(Versions.Line(pytorch.Version));
        IReadOnlyList<Sample> samples = PairedRounds.Measure(
            rounds,
            Ours(Precision.Float32),
            Peer("plain TorchSharp, float32", plain),
            Peer("PyTorch, float32", pytorch),
            Ours(Precision.BFloat16),
            Peer("plain TorchSharp, bfloat16", plainReduced));
        var unit = Unit.PerSecond("images/s", images);
        table.Add("training in float32", unit, samples[0], samples[1], samples[2]);
        table.Add("training in bfloat16", unit, samples[3], samples[4], samples[2]);
    }
}
