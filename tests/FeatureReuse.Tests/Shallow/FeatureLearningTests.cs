namespace FeatureReuse.Tests.Shallow;

[TestClass]
public sealed class FeatureLearningTests
{
    [TestMethod]
    public void Many_tasks_recover_the_subspace_and_one_cannot()
    {
        LearnedFeatures Train(int tasks, UpdateOrder order = UpdateOrder.HeadsFirst)
            => FeatureLearning.Train(new SubspaceTasks(40, 3, tasks, seed: 1).Draw, new() { Neurons = 64, Seed = 1, Order = order });
        double[,] basis = new SubspaceTasks(40, 3, 1, seed: 1).Basis;
        LearnedFeatures many = Train(60);
        LearnedFeatures one = Train(1);
        Assert.IsLessThan(.25, many.ComputeSubspaceError(basis));
        Assert.IsGreaterThan(.9, many.ComputeSubspaceEnergy(basis));
        Assert.IsGreaterThan(.8, one.ComputeSubspaceError(basis));
        Assert.IsLessThan(.7 * LearnedFeatures.CreateRandom(40, 64, 1).ComputeEffectiveRank(), many.ComputeEffectiveRank());
        Assert.IsGreaterThan(.8, LearnedFeatures.CreateRandom(40, 64, 1).ComputeSubspaceError(basis));
        // Of random directions a share of r / d lies in the subspace.
        Assert.AreEqual(3.0 / 40, LearnedFeatures.CreateRandom(40, 64, 1).ComputeSubspaceEnergy(basis), .02);
    }

    [TestMethod]
    public void The_pseudo_contrastive_loss_is_that_of_heads_one_step_from_zero()
    {
        // mean over tasks of -mean y a_t . relu(W x) with a_t = eta mean y relu(W x), by the definition, missing labels left out.
        var random = new Random(3);
        BinaryTaskSamples Draw(int count) => new(4, 3, [.. Enumerable.Range(0, count * 4).Select(_ => (float)random.NextDouble() - .5f)],
            [.. Enumerable.Range(0, count * 3).Select(_ => random.Next(3) switch { 0 => float.NaN, 1 => 0f, _ => 1f })]);
        BinaryTaskSamples headSamples = Draw(12);
        BinaryTaskSamples samples = Draw(9);
        LearnedFeatures features = LearnedFeatures.CreateRandom(4, 7, seed: 2);
        const double Eta = .3;
        double expected = 0;
        for (int task = 0; task < 3; task++)
        {
            double[] head = MeanOf(headSamples, task);
            double[] mean = MeanOf(samples, task);
            expected -= Eta * head.Zip(mean, (a, s) => a * s).Sum() / 3;
        }
        Assert.AreEqual(expected, FeatureLearning.ComputePseudoContrastiveLoss(features, headSamples, samples, Eta), 1e-7);

        double[] MeanOf(BinaryTaskSamples rows, int task)
        {
            var sum = new double[7];
            int count = 0;
            var hidden = new float[7];
            for (int row = 0; row < rows.Count; row++)
            {
                float label = rows.Labels[row * 3 + task];
                count += label == 0 ? 0 : 1;
                features.Compute(rows.Inputs.AsSpan(row * 4, 4), hidden);
                for (int neuron = 0; neuron < 7; neuron++)
                    sum[neuron] += label * hidden[neuron];
            }
            return [.. sum.Select(value => value / count)];
        }
    }

    [TestMethod]
    public void A_step_goes_down_the_pseudo_contrastive_loss()
    {
        // Head samples and samples of the step are the same fixed rows, so that the loss of the second step is that after the first.
        BinaryTaskSamples fixedRows = new SubspaceTasks(10, 2, 8, seed: 4).Draw(100);
        List<double> losses = [];
        FeatureLearningOptions options = new() { Neurons = 16, Steps = 2, Decay = 0, RelativeStep = .01,
            Progress = new Listener(losses.Add) };
        FeatureLearning.Train(_ => fixedRows, options);
        LearnedFeatures start = FeatureLearning.Train(_ => fixedRows, options with { Steps = 1, RelativeStep = 1e-9, Progress = null });
        Assert.AreEqual(FeatureLearning.ComputePseudoContrastiveLoss(start, fixedRows, fixedRows), losses[0], 1e-4 * Math.Abs(losses[0]));
        Assert.IsLessThan(losses[0], losses[1]);
    }

    [TestMethod]
    public void A_step_has_its_length_and_goes_against_the_gradient()
    {
        // With heads fitted on the same rows, the gradient for fixed heads is half of the pseudo-contrastive loss's, because the loss is
        // symmetric in its two parts.
        BinaryTaskSamples rows = new SubspaceTasks(6, 2, 5, seed: 4).Draw(80);
        float[] Weights(double step)
            => WeightsOf(FeatureLearning.Train(_ => rows, new() { Neurons = 9, Steps = 1, Decay = 0, RelativeStep = step }));
        float[] before = Weights(1e-9);
        double[] move = [.. Weights(1e-2).Zip(before, (after, start) => (double)after - start)];
        double norm = Math.Sqrt(before.Sum(value => (double)value * value));
        double length = Math.Sqrt(move.Sum(value => value * value));
        Assert.AreEqual(1e-2 * norm, length, 1e-5 * norm);

        const float Difference = 1e-3f;
        double[] slopes =
            [.. Enumerable.Range(0, before.Length).Select(i => (LossAt(i, Difference) - LossAt(i, -Difference)) / (2 * Difference))];
        double cosine = -slopes.Zip(move, (slope, step) => slope * step).Sum() / length / Math.Sqrt(slopes.Sum(slope => slope * slope));
        // Differences cross the kinks of some ReLUs.
        Assert.IsGreaterThan(.999, cosine);

        double LossAt(int index, float change)
        {
            float[] changed = [.. before];
            changed[index] += change;
            return FeatureLearning.ComputePseudoContrastiveLoss(new LearnedFeatures(changed, 6), rows, rows);
        }

        static float[] WeightsOf(LearnedFeatures features)
            => [.. Enumerable.Range(0, features.NeuronCount).SelectMany(neuron => features.GetNeuron(neuron).ToArray())];
    }

    [TestMethod]
    public void The_measures_know_orthogonal_and_identical_subspaces()
    {
        // Two neurons along the first two axes of four.
        var features = new LearnedFeatures([2, 0, 0, 0, 0, 1, 0, 0], 4);
        Assert.AreEqual(0, features.ComputeSubspaceError(new double[,] { { 1, 0 }, { 0, 1 }, { 0, 0 }, { 0, 0 } }), 1e-12);
        Assert.AreEqual(1, features.ComputeSubspaceError(new double[,] { { 1, 0 }, { 0, 0 }, { 0, 1 }, { 0, 0 } }), 1e-12);
        Assert.AreEqual(1, features.ComputeSubspaceError(new double[,] { { 0, 0 }, { 0, 0 }, { 1, 0 }, { 0, 1 } }), 1e-12);
        double angle = .3;
        Assert.AreEqual(Math.Sin(angle),
            features.ComputeSubspaceError(new double[,] { { Math.Cos(angle), 0 }, { 0, 1 }, { Math.Sin(angle), 0 }, { 0, 0 } }), 1e-12);
        Assert.AreEqual(.8, features.ComputeSubspaceEnergy(new double[,] { { 1 }, { 0 }, { 0 }, { 0 } }), 1e-12);
        CollectionAssert.AreEqual(new double[] { 2, 1 }, features.ComputeSingularValues().Select(value => Math.Round(value, 12)).ToArray());
        Assert.AreEqual(Math.Exp(-2.0 / 3 * Math.Log(2.0 / 3) - 1.0 / 3 * Math.Log(1.0 / 3)), features.ComputeEffectiveRank(), 1e-12);
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() =>
            features.ComputeSubspaceEnergy(new double[,] { { 2 }, { 0 }, { 0 }, { 0 } })).Message, "not orthonormal");
    }

    [TestMethod]
    public void The_seed_decides()
    {
        LearnedFeatures Train(int seed, int steps)
            => FeatureLearning.Train(new SubspaceTasks(10, 2, 4, seed).Draw,
                new() { Neurons = 8, Seed = seed, Steps = steps, HeadSamples = 20, RepresentationSamples = 20 });
        CollectionAssert.AreEqual(Train(1, 5).GetNeuron(3).ToArray(), Train(1, 5).GetNeuron(3).ToArray());
        Assert.AreNotEqual(Train(1, 5).GetNeuron(3)[0], Train(2, 5).GetNeuron(3)[0]);
    }

    [TestMethod]
    public void Bad_labels_are_named()
    {
        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => new BinaryTaskSamples(1, 2, [1, 2], [0, 1, 1, .5f])).Message,
            "Row 1: the label of task 1 is 0.5; it must be 0, 1 or missing (NaN).");
        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() =>
            FeatureLearning.Train(new BinaryTaskSamples(1, 2, [1, 2], [0, 1, 1, 1]))).Message, "Task 1 does not have both labels");
        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => new BinaryTaskSamples(2, 1, [1, 2, float.NaN, 4], [0, 1]))
            .Message, "Row 1: input 0 is NaN");
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.ThrowsExactly<OperationCanceledException>(() =>
            FeatureLearning.Train(new BinaryTaskSamples(1, 1, [1, 2], [0, 1]), new() { CancellationToken = source.Token }));
    }

    private sealed class Listener(Action<double> report) : IProgress<FeatureLearningProgress>
    {
        public void Report(FeatureLearningProgress value) => report(value.Loss);
    }
}
