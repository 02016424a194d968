using FeatureReuse.Benchmarks.Peers;

namespace FeatureReuse.Benchmarks;

/// <summary>
/// Gradient steps of the shallow networks against the same steps in TorchSharp and in PyTorch, and the limit of gradient flow against
/// gradient descent to it.
/// </summary>
internal static class ShallowSpeed
{
    /// <summary>Until the compiler is done with what solves for the limit.</summary>
    private const int WarmUps = 60;

    /// <param name="rounds">How many.</param>
    /// <param name="work">Rows times steps of one measurement of the diagonal network.</param>
    /// <param name="python">The Python that has PyTorch.</param>
    public static void Run(int rounds, int work, string python)
    {
        using PeerProcess plain = PeerProcess.Plain("step");
        using var pytorch = PeerProcess.Python(python, "step_shallow.py");
        var table = new ComparisonTable(Versions.Line(pytorch.Version));
        foreach (string kind in new[] { "diagonal", "relu" })
        {
            foreach (int rows in new[] { 64, 512, 1024 })
            {
                int steps = Math.Max(work / rows, 4);
                string question = $"{kind} {rows} {steps / 4}";
                IReadOnlyList<Sample> samples = PairedRounds.Measure(
                    rounds,
                    new Contender("Train", kind == "diagonal" ? Diagonal(rows, steps) : Relu(rows, steps / 4)),
                    new Contender("plain TorchSharp", () => plain.Ask(question)),
                    new Contender("PyTorch", () => pytorch.Ask(question)));
                table.Add($"{kind} step, n = {rows}", Unit.Microseconds, samples[0], samples[1], samples[2]);
            }
        }
        foreach (int rows in new[] { 16, 32, 64, 128, 256, 512 })
        {
            (Func<double> walk, Func<double> solve) = Nested(rows);
            IReadOnlyList<Sample> samples = PairedRounds.Measure(
                rounds,
                new Contender("limit", solve, () => Enumerable.Range(0, WarmUps).ToList().ForEach(_ => solve())),
                new Contender("gradient descent to MSE 1e-10", walk, () => { }));
            table.Add($"limit of a nested run, n = {rows}", Unit.Milliseconds, samples[0], samples[1]);
        }
    }

    private static Func<double> Diagonal(int rows, int steps)
    {
        RegressionSamples samples = TeacherPair.CreateDiagonal(new()).Sample(TeacherTask.Main, rows);
        var network = new DiagonalNetwork(samples.Width);
        return () => SecondsOfAStep(options => network.Train([samples], options), steps);
    }

    private static Func<double> Relu(int rows, int steps)
    {
        RegressionSamples samples = TeacherPair.CreateRelu(new()).Sample(TeacherTask.Main, rows);
        var network = new TwoLayerReluNetwork(samples.Width);
        return () => SecondsOfAStep(options => network.Train([samples], options), steps);
    }

    private static double SecondsOfAStep(Action<GradientDescentOptions> train, int steps)
        => Timing.SecondsOf(() => train(new() { LearningRate = 1e-6, LossThreshold = 0, MaximumEpochs = steps })) / steps;

    /// <summary>Finetuning of five shared coordinates, from the same start.</summary>
    private static (Func<double> Walk, Func<double> Solve) Nested(int rows)
    {
        TeacherPair teachers = TeacherPair.CreateDiagonal(new() { Active = 5, Scale = TeacherScale.Mean });
        DiagonalNetwork pretrained = new DiagonalNetwork(teachers.Dimension).FindGradientFlowLimit(teachers.Sample(TeacherTask.Auxiliary,
            1024));
        RegressionSamples main = teachers.Sample(TeacherTask.Main, rows);
        void Walk() => pretrained.ForFinetuning().Train([main], new() { MaximumEpochs = 10_000_000 });
        void Solve() => pretrained.ForFinetuning().FindGradientFlowLimit(main);
        return (() => Timing.SecondsOf(Walk), () => Timing.SecondsOf(Solve));
    }
}
