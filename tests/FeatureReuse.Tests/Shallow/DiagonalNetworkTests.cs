using Papers.TeacherStudent.LinearModels;

namespace FeatureReuse.Tests.Shallow;

[TestClass]
public sealed class DiagonalNetworkTests
{
    private static RegressionSamples Samples(TeacherTask task, int count, int dimension = 37, int seed = 3)
        => TeacherPair.CreateDiagonal(new() { Dimension = dimension, AuxiliaryActive = 6, Active = 3, Seed = seed }).Sample(task, count);

    [TestMethod]
    [DataRow(1, 1)]
    [DataRow(7, 1)]
    [DataRow(8, 3)]
    [DataRow(13, 2)]
    public void A_step_is_that_of_the_plain_formulas(int rows, int threads)
    {
        RegressionSamples[] tasks = [Samples(TeacherTask.Main, rows), Samples(TeacherTask.Auxiliary, 9)];
        var network = new DiagonalNetwork(37, tasks: 2, scale: .3);
        network.Train(tasks, new() { MaximumEpochs = 3, LearningRate = .05, Threads = threads });
        DiagonalReference reference = DiagonalReference.Of(37, tasks.Length, .3);
        for (int step = 0; step < 3; step++)
            reference.Step(tasks, .05);
        for (int task = 0; task < 2; task++)
        {
            float[] coefficients = network.GetCoefficients(task);
            for (int i = 0; i < 37; i++)
                Assert.AreEqual(reference.Coefficient(task, i), coefficients[i], 1e-6, $"task {task}, coordinate {i}");
        }
    }

    [TestMethod]
    public void The_same_number_of_threads_gives_the_same_bits()
    {
        RegressionSamples samples = Samples(TeacherTask.Main, 50);
        float[] Run(int threads)
        {
            var network = new DiagonalNetwork(37);
            network.Train([samples], new() { MaximumEpochs = 500, Threads = threads });
            return network.GetCoefficients();
        }
        CollectionAssert.AreEqual(Run(1), Run(1));
        CollectionAssert.AreEqual(Run(3), Run(3));
    }

    [TestMethod]
    public void The_least_validation_loss_is_that_of_the_best_look_on_the_way()
    {
        RegressionSamples main = Samples(TeacherTask.Main, 5);
        RegressionSamples validation = Samples(TeacherTask.Auxiliary, 200);
        double? LeastAfter(int epochs)
        {
            var network = new DiagonalNetwork(37, scale: .2);
            GradientDescentResult result = network.Train([main],
                new() { MaximumEpochs = epochs, LossThreshold = 0, Validation = validation });
            TensorAssert.IsAtMost(network.ComputeLoss(validation), result.LeastValidationLoss!.Value, "The end is one of the looks.");
            return result.LeastValidationLoss;
        }
        double start = new DiagonalNetwork(37, scale: .2).ComputeLoss(validation);
        double[] ends = [.. Enumerable.Range(1, 5).Select(epochs =>
        {
            var network = new DiagonalNetwork(37, scale: .2);
            network.Train([main], new() { MaximumEpochs = epochs, LossThreshold = 0 });
            return network.ComputeLoss(validation);
        })];
        // The first five epochs are all looked at.
        Assert.AreEqual(ends.Append(start).Min(), LeastAfter(5)!.Value, 0.0);
        TensorAssert.IsAtMost(LeastAfter(5)!.Value, LeastAfter(400)!.Value);
        Assert.IsNull(new DiagonalNetwork(37).Train([main], new() { MaximumEpochs = 1 }).LeastValidationLoss);
        Failure.Requires<ArgumentException>("2 features; the network takes 37",
            () => new DiagonalNetwork(37).Train([main], new() { Validation = new(2, [1, 2], [1]) }));
    }

    [TestMethod]
    [DataRow(9, 0.0, 300, .1)]
    [DataRow(60, 0.0, 300, .1)]
    [DataRow(9, 1e-5, 100_000, .5)]
    [DataRow(9, 1e-5, 100_000, 50.0)]
    public void A_probe_in_closed_form_is_the_probe_step_by_step(int rows, double threshold, int epochs, double rate)
    {
        RegressionSamples main = Samples(TeacherTask.Main, rows);
        RegressionSamples validation = Samples(TeacherTask.Main, 200, seed: 4);
        DiagonalNetwork start = new DiagonalNetwork(37).FindGradientFlowLimit(Samples(TeacherTask.Auxiliary, 30)).ForFinetuning(1, .1);
        var options = new GradientDescentOptions { LearningRate = rate, LossThreshold = threshold, MaximumEpochs = epochs, Threads = 1,
            Validation = validation };
        GradientDescentResult solved = LinearProbeDescent.Solve(start, main, validation, options);
        GradientDescentResult walked = start.Train([main], options, readoutOnly: true);
        Assert.AreEqual(walked.StopReason, solved.StopReason);
        Assert.AreEqual(walked.LearningRate, solved.LearningRate, 1e-12);
        Assert.AreEqual(walked.Epochs, solved.Epochs, 2e-4 * walked.Epochs, "Rounding may move the last epoch.");
        Assert.AreEqual(walked.Loss, solved.Loss, 1e-4 * walked.Loss);
        Assert.AreEqual(walked.LeastValidationLoss!.Value, solved.LeastValidationLoss!.Value, 1e-4 * walked.LeastValidationLoss.Value);
    }

    [TestMethod]
    public void Enough_samples_recover_the_teacher()
    {
        var network = new DiagonalNetwork(37);
        GradientDescentResult result = network.Train([Samples(TeacherTask.Main, 200)], new() { LossThreshold = 1e-8 });
        Assert.AreEqual(GradientDescentStopReason.LossThreshold, result.StopReason);
        (_, float[] main) = TeacherPair.GetDiagonalCoefficients(new() { Dimension = 37, AuxiliaryActive = 6, Active = 3, Seed = 3 });
        float[] learnt = network.GetCoefficients();
        TensorAssert.AreClose(main, learnt, rtol: 0, atol: 2e-4);
        Assert.AreEqual(network.Predict(Samples(TeacherTask.Main, 1).GetInput(0)), Samples(TeacherTask.Main, 1).GetLabel(0), 1e-3f);
    }

    [TestMethod]
    public void Finetuning_starts_from_the_rescaled_first_layer_and_a_new_readout()
    {
        var pretrained = new DiagonalNetwork(37);
        pretrained.Train([Samples(TeacherTask.Auxiliary, 100)]);
        DiagonalNetwork finetuned = pretrained.ForFinetuning(.1, 1e-4);
        for (int i = 0; i < 37; i++)
        {
            Assert.AreEqual(pretrained.First.Plus[i] * .1, finetuned.First.Plus[i], 1e-8);
            Assert.AreEqual(1e-4f, finetuned.Readouts[0].Minus[i]);
        }
        // The default readout scale is that of the paper's pairs.
        Assert.AreEqual(1e-4f, pretrained.ForFinetuning(.1).Readouts[0].Plus[0]);
        // Rebalanced paths start at coefficient 0, with S/2 = |b_aux| + g^2 up to what pretraining started from.
        DiagonalNetwork balanced = pretrained.ForFinetuning(1, 0, rebalance: true);
        (float[] auxiliary, _) = TeacherPair.GetDiagonalCoefficients(new() { Dimension = 37, AuxiliaryActive = 6, Active = 3, Seed = 3 });
        Assert.IsTrue(balanced.GetCoefficients().All(value => value == 0));
        for (int i = 0; i < 37; i++)
            Assert.AreEqual(Math.Abs(auxiliary[i]), balanced.GetGradientFlowPenalties()[i].Scale, 3e-3, $"coordinate {i}");
    }

    [TestMethod]
    public void A_linear_probe_leaves_the_first_layer()
    {
        var network = new DiagonalNetwork(37, scale: .5);
        GradientDescentResult result = network.Train([Samples(TeacherTask.Main, 100)], new() { MaximumEpochs = 50 }, readoutOnly: true);
        Assert.AreEqual(50, result.Steps);
        Assert.IsTrue(network.First.Plus.AsSpan(0, 37).IndexOfAnyExcept(.5f) < 0);
        Assert.AreNotEqual(.5f, network.Readouts[0].Plus[0]);
    }

    [TestMethod]
    public void A_run_that_diverges_starts_again_with_a_tenth_of_the_rate()
    {
        var network = new DiagonalNetwork(37);
        GradientDescentResult result = network.Train([Samples(TeacherTask.Main, 100)], new() { LearningRate = 50, LossThreshold = 1e-6 });
        Assert.AreEqual(GradientDescentStopReason.LossThreshold, result.StopReason);
        TensorAssert.IsBelow(50, result.LearningRate);
        // Weights whose square overflows diverge at any rate, and stay as they were.
        var hopeless = new DiagonalNetwork(37, scale: 1000);
        RegressionSamples large = new(37, [.. Enumerable.Repeat(1e18f, 37)], [1e18f]);
        Assert.AreEqual(GradientDescentStopReason.Diverged, hopeless.Train([large], new() { LearningRate = 100 }).StopReason);
        Assert.IsTrue(hopeless.GetCoefficients().All(value => value == 0));
    }

    [TestMethod]
    public void Cancelling_ends_the_run()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        var network = new DiagonalNetwork(37);
        Assert.AreEqual(GradientDescentStopReason.Canceled,
            network.Train([Samples(TeacherTask.Main, 10)], new() { CancellationToken = source.Token }).StopReason);
    }

    [TestMethod]
    public void Samples_that_do_not_fit_are_refused()
    {
        var network = new DiagonalNetwork(36);
        Failure.Requires<ArgumentException>("have 37 features; the network takes 36.",
            () => network.Train([Samples(TeacherTask.Main, 10)]));
        Failure.Requires<ArgumentException>("samples of 0 tasks for a network with 1 readouts", () => network.Train([]));
        Failure.Requires<InvalidDataException>("Row 1: feature 1 is NaN; it must be finite.",
            () => new RegressionSamples(2, [1, 2, 3, float.NaN], [1, 1]));
        Failure.Requires<InvalidDataException>("Row 1: the label is ", () => new RegressionSamples(1, [1, 2], [1, float.PositiveInfinity]));
        Failure.Requires<ArgumentException>("There are no samples", () => new RegressionSamples(1, [], []));
    }

    /// <summary>The formulas as they are written down, in double precision.</summary>
    private sealed record DiagonalReference(double[] WPlus, double[] WMinus, double[][] VPlus, double[][] VMinus)
    {
        public static DiagonalReference Of(int width, int tasks, double scale)
        {
            double[] Constant() => [.. Enumerable.Repeat(scale, width)];
            double[][] Each() => [.. Enumerable.Range(0, tasks).Select(_ => Constant())];
            return new(Constant(), Constant(), Each(), Each());
        }

        public double Coefficient(int task, int i) => WPlus[i] * VPlus[task][i] - WMinus[i] * VMinus[task][i];

        public void Step(RegressionSamples[] tasks, double rate)
        {
            int rows = tasks.Sum(samples => samples.Count);
            var slopes = new double[tasks.Length, WPlus.Length];
            for (int task = 0; task < tasks.Length; task++)
            {
                for (int row = 0; row < tasks[task].Count; row++)
                {
                    ReadOnlySpan<float> x = tasks[task].GetInput(row);
                    double residual = -tasks[task].GetLabel(row);
                    for (int i = 0; i < x.Length; i++)
                        residual += x[i] * Coefficient(task, i);
                    for (int i = 0; i < x.Length; i++)
                        slopes[task, i] += 2 * residual * x[i] / rows;
                }
            }
            for (int i = 0; i < WPlus.Length; i++)
            {
                (double plus, double minus) = (WPlus[i], WMinus[i]);
                for (int task = 0; task < tasks.Length; task++)
                {
                    WPlus[i] -= rate * slopes[task, i] * VPlus[task][i];
                    WMinus[i] += rate * slopes[task, i] * VMinus[task][i];
                    VPlus[task][i] -= rate * slopes[task, i] * plus;
                    VMinus[task][i] += rate * slopes[task, i] * minus;
                }
            }
        }
    }
}
