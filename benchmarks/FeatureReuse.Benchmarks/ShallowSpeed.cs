using System.Diagnostics;
using FeatureReuse.Shallow;
using FeatureReuse.Theory;

namespace FeatureReuse.Benchmarks;

/// <summary>Gradient steps of the shallow networks against the same steps in PyTorch, and the limit against walking there.</summary>
internal static class ShallowSpeed
{
    private const int WarmUps = 60;

    public static int Run(int rounds, string python)
    {
        using (var peer = new PythonPeer(python, "step_shallow.py"))
        {
            foreach (string kind in new[] { "diagonal", "relu" })
            {
                foreach (int rows in new[] { 64, 512, 1024 })
                {
                    int steps = 400_000 / rows;
                    Func<double> ours = kind == "diagonal" ? Diagonal(rows, steps) : Relu(rows, steps / 4);
                    ours();
                    Compare($"{kind}, n = {rows}, microseconds a step", rounds, () => peer.Ask($"{kind} {rows} {steps / 4}"), "PyTorch", ours, "ours");
                }
            }
        }
        foreach (int rows in new[] { 16, 32, 64, 128, 256, 512 })
        {
            (Func<double> walk, Func<double> solve) = Nested(rows);
            // Until the compiler is done with it; walking takes long enough by itself.
            for (int i = 0; i < WarmUps; i++)
            {
                solve();
            }
            Compare($"nested run, n = {rows}, seconds", Math.Min(rounds, 3), walk, "gradient descent to MSE 1e-10", solve, "limit");
        }
        return 0;
    }

    /// <summary>How many times faster the second is, round by round.</summary>
    private static void Compare(string what, int rounds, Func<double> first, string firstName, Func<double> second, string secondName)
    {
        List<double> slow = [];
        List<double> fast = [];
        for (int round = 0; round < rounds; round++)
        {
            slow.Add(first());
            fast.Add(second());
        }
        var reference = new Sample(firstName, slow);
        var ours = new Sample(secondName, fast);
        Console.WriteLine(FormattableString.Invariant($"{what}: {firstName} {reference.Median:G4}, {secondName} {ours.Median:G4}"));
        Console.WriteLine(reference.RatioTo(ours));
    }

    private static Func<double> Diagonal(int rows, int steps)
    {
        RegressionSamples samples = TeacherPair.Diagonal(new()).Sample(TeacherTask.Main, rows);
        var network = new DiagonalNetwork(samples.Width);
        return () => Microseconds(options => network.Train([samples], options), steps);
    }

    private static Func<double> Relu(int rows, int steps)
    {
        RegressionSamples samples = TeacherPair.Relu(new()).Sample(TeacherTask.Main, rows);
        var network = new TwoLayerReluNetwork(samples.Width);
        return () => Microseconds(options => network.Train([samples], options), steps);
    }

    private static double Microseconds(Action<GradientDescentOptions> train, int steps)
    {
        var watch = Stopwatch.StartNew();
        train(new() { LearningRate = 1e-6, LossThreshold = 0, MaximumEpochs = steps });
        return watch.Elapsed.TotalMicroseconds / steps;
    }

    /// <summary>Finetuning of five shared coordinates, from the same start.</summary>
    private static (Func<double> Walk, Func<double> Solve) Nested(int rows)
    {
        TeacherPair teachers = TeacherPair.Diagonal(new() { Active = 5, Scale = TeacherScale.Mean });
        DiagonalNetwork pretrained = new DiagonalNetwork(teachers.Dimension).AtFlowLimit(teachers.Sample(TeacherTask.Auxiliary, 1024));
        RegressionSamples main = teachers.Sample(TeacherTask.Main, rows);
        return (() => Seconds(() => pretrained.ForFinetuning().Train([main], new() { MaximumEpochs = 10_000_000 })), () => Seconds(() => pretrained.ForFinetuning().AtFlowLimit(main)));
    }

    private static double Seconds(Action action)
    {
        var watch = Stopwatch.StartNew();
        action();
        return watch.Elapsed.TotalSeconds;
    }
}
