using FeatureReuse.Benchmarks.Peers;

namespace FeatureReuse.Benchmarks;

/// <summary>
/// What a network's first pass takes beyond its second, in new processes: the library's, which compares its convolutions with float64,
/// and a plain one's.
/// </summary>
internal static class ConvolutionCost
{
    public static void Run(int rounds)
    {
        var table = new ComparisonTable(Versions.Line());
        foreach (int side in new[] { 32, 224 })
        {
            List<double> passes = [];
            double FirstBeyondSecond(Func<PeerProcess> start)
            {
                using PeerProcess process = start();
                double first = process.Ask("call");
                passes.Add(process.Ask("call"));
                return first - passes[^1];
            }
            // Each measurement begins with a new process, so that nothing is to be warmed up before.
            Contender Of(string name, Func<PeerProcess> start) => new(name, () => FirstBeyondSecond(start), () => { });
            IReadOnlyList<Sample> samples = PairedRounds.Measure(
                rounds,
                Of("ResNet18", () => PeerProcess.OfThisProgram(null, "call", "library", $"{side}")),
                Of("plain TorchSharp", () => PeerProcess.Plain("call", "plain", $"{side}")));
            table.Add($"first pass of 2 images of {side} x {side} beyond the second", Unit.Milliseconds, samples[0], samples[1]);
            table.Add($"second pass of 2 images of {side} x {side}, either", Unit.Milliseconds, new Sample("second", passes));
        }
    }
}
