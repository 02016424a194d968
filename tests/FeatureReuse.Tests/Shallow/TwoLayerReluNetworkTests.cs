namespace FeatureReuse.Tests.Shallow;

[TestClass]
public sealed class TwoLayerReluNetworkTests
{
    private static readonly TeacherPair Teachers
        = TeacherPair.CreateRelu(new() { Dimension = 5, AuxiliaryUnits = 2, Correlations = [1, .5], Seed = 4 });

    [TestMethod]
    [DataRow(1, 1, null)]
    [DataRow(9, 1, null)]
    [DataRow(70, 3, null)]
    [DataRow(70, 2, 1000)]
    public void A_step_is_that_of_the_plain_formulas(int rows, int threads, int? batchSize)
    {
        RegressionSamples[] tasks = [Teachers.Sample(TeacherTask.Main, rows), Teachers.Sample(TeacherTask.Auxiliary, 11)];
        var network = new TwoLayerReluNetwork(5, hiddenUnits: 19, tasks: 2, scale: 1, seed: 2);
        ReluReference reference = ReluReference.Of(network);
        double loss = network.Train(tasks, new() { MaximumEpochs = 3, LearningRate = .05, Threads = threads, BatchSize = batchSize }).Loss;
        double expectedLoss = 0;
        for (int step = 0; step < 3; step++)
            expectedLoss = reference.Step(tasks, .05);
        Assert.AreEqual(expectedLoss, loss, 1e-6 * expectedLoss);
        for (int unit = 0; unit < 19; unit++)
        {
            for (int i = 0; i < 5; i++)
                Assert.AreEqual(reference.W[unit][i], network.GetUnit(unit)[i], 2e-6, $"unit {unit}, input {i}");
            for (int task = 0; task < 2; task++)
                Assert.AreEqual(reference.V[task][unit], network.GetReadout(task)[unit], 2e-6, $"unit {unit}, task {task}");
        }
    }

    [TestMethod]
    public void Batches_take_every_row_once_an_epoch()
    {
        RegressionSamples[] tasks = [Teachers.Sample(TeacherTask.Main, 13), Teachers.Sample(TeacherTask.Auxiliary, 30)];
        var batch = new ReluBatch(tasks, batchSize: 8, seed: 1);
        Assert.AreEqual(6, batch.StepsPerEpoch);
        double[] orders = new double[2];
        for (int epoch = 0; epoch < 2; epoch++)
        {
            List<float> labels = [];
            int rows = 0;
            for (int step = 0; step < 6; step++)
            {
                batch.Next();
                rows += batch.RowCount;
                labels.AddRange(batch.Labels.Take(batch.BlockCount * ReluBatch.BlockLength).Where(label => label != 0));
            }
            orders[epoch] = labels[0];
            Assert.AreEqual(43, rows);
            float[] expected =
                [.. tasks.SelectMany(task => Enumerable.Range(0, task.Count).Select(task.GetLabel)).Where(label => label != 0).Order()];
            CollectionAssert.AreEqual(expected, labels.Order().ToArray());
        }
        Assert.AreNotEqual(orders[0], orders[1], "each epoch has an order of its own");
    }

    [TestMethod]
    public void Gradient_descent_fits_the_samples()
    {
        var network = new TwoLayerReluNetwork(5, hiddenUnits: 200);
        RegressionSamples samples = Teachers.Sample(TeacherTask.Main, 100);
        GradientDescentResult result = network.Train([samples],
            new() { LearningRate = .1, LossThreshold = 1e-4, MaximumEpochs = 20_000, BatchSize = 32 });
        Assert.AreEqual(GradientDescentStopReason.LossThreshold, result.StopReason, result.ToString());
        TensorAssert.IsBelow(2e-4, network.ComputeLoss(samples));
    }

    [TestMethod]
    public void Small_weights_are_conserved_layer_against_layer()
    {
        // Gradient flow keeps |w_h|^2 - v_h^2; small steps nearly do.
        var network = new TwoLayerReluNetwork(5, hiddenUnits: 20, scale: .5);
        double[] before = Balance(network);
        float[] start = network.GetReadout().ToArray();
        network.Train([Teachers.Sample(TeacherTask.Main, 60)], new() { LearningRate = 1e-3, MaximumEpochs = 3000 });
        double[] after = Balance(network);
        for (int unit = 0; unit < 20; unit++)
            Assert.AreEqual(before[unit], after[unit], 2e-3, $"unit {unit}");
        Assert.IsGreaterThan(.01, start.Zip(network.GetReadout().ToArray(), (old, moved) => Math.Abs(old - moved)).Min(), "weights move");

        static double[] Balance(TwoLayerReluNetwork network)
        {
            float[] readout = network.GetReadout().ToArray();
            return [.. readout.Select((value, unit) => network.GetUnit(unit).Sum(weight => (double)weight * weight) - value * value)];
        }
    }

    /// <summary>Both numbers are in their range; their product is more than an array holds, and 2^32 would pass for 0.</summary>
    [TestMethod]
    public void More_weights_than_memory_addresses_are_refused()
    {
        Failure.Requires<ArgumentOutOfRangeException>("width x hiddenUnits is 4297064448; it must lie between 1 and 1000000000.",
            () => new TwoLayerReluNetwork(65_536, 65_536));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new TwoLayerReluNetwork(5_000, 1_000_000));
    }

    [TestMethod]
    public void Finetuning_rescales_the_first_layer_and_redraws_the_readout()
    {
        var pretrained = new TwoLayerReluNetwork(5, hiddenUnits: 50, tasks: 1, scale: 1, seed: 1);
        TwoLayerReluNetwork next = pretrained.ForFinetuning(.1, 1e-3, seed: 5);
        Assert.AreEqual(pretrained.GetUnit(7)[3] * .1f, next.GetUnit(7)[3], 1e-8f);
        Assert.AreNotEqual(pretrained.GetReadout()[0], next.GetReadout()[0]);
        double deviation = Math.Sqrt(next.GetReadout().ToArray().Average(value => value * value));
        // 50 draws: a fifth of the expected 1e-3 sqrt(2 / 50) is two standard errors.
        Assert.AreEqual(1e-3 * Math.Sqrt(2.0 / 50), deviation, 4e-5);
        double[] norms = [.. Enumerable.Range(0, 50).Select(unit => Math.Sqrt(next.GetUnit(unit).Sum(weight => (double)weight * weight)))];
        Assert.AreEqual(norms.Select((norm, unit) => norm * Math.Abs(next.GetReadout()[unit])).Sum(), next.ComputePathNorm(), 1e-12);
    }

    private sealed record ReluReference(double[][] W, double[][] V)
    {
        public static ReluReference Of(TwoLayerReluNetwork network) => new(
            [.. Enumerable.Range(0, network.HiddenUnits).Select(unit => network.GetUnit(unit).Select(value => (double)value).ToArray())],
            [.. Enumerable.Range(0, network.TaskCount)
                .Select(task => network.GetReadout(task).ToArray().Select(value => (double)value).ToArray())]);

        public double Step(RegressionSamples[] tasks, double rate)
        {
            int rows = tasks.Sum(samples => samples.Count);
            double loss = 0;
            double[][] dW = [.. W.Select(w => new double[w.Length])];
            double[][] dV = [.. V.Select(v => new double[v.Length])];
            for (int task = 0; task < tasks.Length; task++)
            {
                for (int row = 0; row < tasks[task].Count; row++)
                {
                    double[] x = [.. tasks[task].GetInput(row).ToArray().Select(value => (double)value)];
                    double[] z = [.. W.Select(w => w.Zip(x, (a, b) => a * b).Sum())];
                    double residual = z.Select((value, unit) => V[task][unit] * Math.Max(value, 0)).Sum() - tasks[task].GetLabel(row);
                    loss += residual * residual / rows;
                    for (int unit = 0; unit < W.Length; unit++)
                    {
                        if (z[unit] > 0)
                        {
                            dV[task][unit] += 2 * residual * z[unit] / rows;
                            for (int i = 0; i < x.Length; i++)
                                dW[unit][i] += 2 * residual * V[task][unit] * x[i] / rows;
                        }
                    }
                }
            }
            Descend(W, dW, rate);
            Descend(V, dV, rate);
            return loss;
        }

        private static void Descend(double[][] weights, double[][] slopes, double rate)
        {
            for (int row = 0; row < weights.Length; row++)
            {
                for (int i = 0; i < weights[row].Length; i++)
                    weights[row][i] -= rate * slopes[row][i];
            }
        }
    }
}
