namespace FeatureReuse.Tests.Shallow;

[TestClass]
public sealed class GradientFlowLimitTests
{
    private static readonly TeacherPair Teachers
        = TeacherPair.CreateDiagonal(new() { Dimension = 120, AuxiliaryActive = 8, Active = 4, Seed = 5 });

    private static DiagonalNetwork Pretrained
        => new DiagonalNetwork(120).FindGradientFlowLimit(Teachers.Sample(TeacherTask.Auxiliary, 150));

    public static IEnumerable<object[]> Starts =>
    [
        ["from scratch", new DiagonalNetwork(120, scale: .05), 40],
        ["from scratch, fewer samples", new DiagonalNetwork(120, scale: .05), 9],
        ["finetuning", Pretrained.ForFinetuning(), 25],
        ["finetuning, readout as large as the features", Pretrained.ForFinetuning(1, .5), 25],
        ["finetuning, rebalanced", Pretrained.ForFinetuning(1, .01, rebalance: true), 25],
        ["finetuning, rescaled", Pretrained.ForFinetuning(.2, .01), 25],
        ["more samples than coordinates", new DiagonalNetwork(120, scale: .3), 160],
    ];

    [TestMethod]
    [DynamicData(nameof(Starts))]
    public void Gradient_descent_in_small_steps_walks_to_the_limit(string name, DiagonalNetwork start, int count)
    {
        RegressionSamples samples = Teachers.Sample(TeacherTask.Main, count);
        DiagonalNetwork limit = start.FindGradientFlowLimit(samples);
        double[] penalties = [.. start.GetGradientFlowPenalties().Zip(limit.GetCoefficients(), (penalty, value) => penalty.ValueAt(value))];
        start.Train([samples], new() { LearningRate = .02, LossThreshold = 1e-10, MaximumEpochs = 400_000, Threads = 1 });
        float[] walked = start.GetCoefficients();
        float[] solved = limit.GetCoefficients();
        for (int i = 0; i < 120; i++)
        {
            // What steps of finite size add, and the rest of the way to a loss of 0.
            Assert.AreEqual(solved[i], walked[i], 4e-3, $"{name}: coordinate {i}");
            Assert.IsGreaterThanOrEqualTo(-1e-12, penalties[i]);
            // The weights, not just the coefficients: the flow conserves w^2 - v^2 on each path.
            Assert.AreEqual(limit.First.Plus[i], start.First.Plus[i], 8e-3, $"{name}: w+ of coordinate {i}");
            Assert.AreEqual(limit.Readouts[0].Minus[i], start.Readouts[0].Minus[i], 8e-3, $"{name}: v- of coordinate {i}");
        }
    }

    [TestMethod]
    [DataRow(1e-3)]
    [DataRow(1e-5)]
    [DataRow(1e-7)]
    public void Tiny_weights_end_at_a_sparse_solution_that_fits(double scale)
    {
        RegressionSamples samples = Teachers.Sample(TeacherTask.Main, 60);
        var start = new DiagonalNetwork(120, scale: scale);
        double[] coefficients = GradientFlowSolver.Solve(start.GetGradientFlowPenalties(), samples);
        double error = Enumerable.Range(0, 60).Average(row => Math.Pow(Predict(row) - samples.GetLabel(row), 2));
        TensorAssert.IsBelow(1e-18, error);
        (_, float[] main) = TeacherPair.GetDiagonalCoefficients(new() { Dimension = 120, AuxiliaryActive = 8, Active = 4, Seed = 5 });
        // The smaller the weights, the closer to the sparsest solution, which is the teacher here.
        TensorAssert.AreClose(main.Select(value => (double)value).ToArray(), coefficients, rtol: 0, atol: 30 * scale);

        double Predict(int row) => samples.GetInput(row).ToArray().Select((x, i) => x * coefficients[i]).Sum();
    }

    [TestMethod]
    public void The_slopes_of_the_penalty_lie_in_the_span_of_the_samples()
    {
        // The condition for a minimum under X b = y: Q'(b) = X^T nu.
        RegressionSamples samples = Teachers.Sample(TeacherTask.Main, 3);
        GradientFlowPenalty[] penalties = Pretrained.ForFinetuning(.5).GetGradientFlowPenalties();
        double[] coefficients = GradientFlowSolver.Solve(penalties, samples);
        double[] slopes = [.. penalties.Zip(coefficients, (penalty, value) => penalty.SlopeAt(value))];
        // Least squares of the slopes on the three samples, by Gram and Schmidt.
        List<double[]> basis = [];
        for (int row = 0; row < 3; row++)
        {
            double[] direction = Rest([.. samples.GetInput(row).ToArray().Select(value => (double)value)], basis);
            double norm = Math.Sqrt(direction.Sum(value => value * value));
            basis.Add([.. direction.Select(value => value / norm)]);
        }
        double left = Math.Sqrt(Rest(slopes, basis).Sum(value => value * value));
        TensorAssert.IsBelow(1e-7 * Math.Sqrt(slopes.Sum(value => value * value)), left);

        static double[] Rest(double[] vector, List<double[]> basis)
        {
            foreach (double[] direction in basis)
            {
                double along = direction.Zip(vector, (a, b) => a * b).Sum();
                vector = [.. vector.Zip(direction, (a, b) => a - along * b)];
            }
            return vector;
        }
    }

    [TestMethod]
    public void Labels_that_nothing_fits_are_an_error()
    {
        var network = new DiagonalNetwork(1);
        RegressionSamples contradictory = new(1, [1, 1], [1, 2]);
        Failure.Requires<InvalidOperationException>(
            "No coefficients were found that fit all 2 samples: a mean squared error of 2.50E-001 is left.",
            () => network.FindGradientFlowLimit(contradictory));
        var twice = new DiagonalNetwork(3);
        RegressionSamples repeated = new(3, [1, 0, 1, 1, 0, 1], [1, 2]);
        Failure.Requires<InvalidOperationException>("No coefficients were found that fit all 2 samples",
            () => twice.FindGradientFlowLimit(repeated));
    }

    [TestMethod]
    public void A_readout_of_zero_has_a_limit_that_fits()
    {
        RegressionSamples samples = Teachers.Sample(TeacherTask.Main, 10);
        DiagonalNetwork limit = Pretrained.ForFinetuning(1, 0, rebalance: false).FindGradientFlowLimit(samples);
        Assert.AreEqual(0, limit.ComputeLoss(samples), 1e-10);
    }
}
