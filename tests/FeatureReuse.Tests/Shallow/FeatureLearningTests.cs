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
        TensorAssert.IsBelow(.25, many.ComputeSubspaceError(basis));
        Assert.IsGreaterThan(.9, many.ComputeSubspaceEnergy(basis));
        Assert.IsGreaterThan(.8, one.ComputeSubspaceError(basis));
        TensorAssert.IsBelow(.7 * UntrainedFeatures.Draw(40, 64, 1).ComputeEffectiveRank(), many.ComputeEffectiveRank());
        Assert.IsGreaterThan(.8, UntrainedFeatures.Draw(40, 64, 1).ComputeSubspaceError(basis));
        // Of random directions a share of r / d lies in the subspace.
        Assert.AreEqual(3.0 / 40, UntrainedFeatures.Draw(40, 64, 1).ComputeSubspaceEnergy(basis), .02);
    }

    [TestMethod]
    public void A_step_goes_down_the_pseudo_contrastive_loss()
    {
        // Head samples and samples of the step are the same fixed rows, so that the loss of the second step is that after the first.
        BinaryTaskSamples drawn = new SubspaceTasks(10, 2, 8, seed: 4).Draw(100);
        BinaryTaskSamples fixedRows = new(10, 8, drawn.Inputs,
            [.. Enumerable.Range(0, 800).Select(i => i % 7 == 0 ? float.NaN : drawn.GetLabel(i / 8, i % 8))]);
        List<double> losses = [];
        FeatureLearningOptions options = new() { Neurons = 16, Steps = 2, Decay = 0, RelativeStep = .01, HeadLearningRate = .3,
            Progress = new Listener<FeatureLearningProgress>(value => losses.Add(value.Loss)) };
        FeatureLearning.Train(_ => fixedRows, options);
        LearnedFeatures start = FeatureLearning.Train(_ => fixedRows, options with { Steps = 1, RelativeStep = 1e-9, Progress = null });
        Assert.AreEqual(.3 * PseudoContrastiveLoss(start, fixedRows), losses[0], 1e-4 * Math.Abs(losses[0]));
        TensorAssert.IsBelow(losses[0], losses[1]);
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
            return PseudoContrastiveLoss(new LearnedFeatures(changed, 6), rows);
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
        TensorAssert.AreClose([2, 1], features.ComputeSingularValues(), rtol: 0, atol: 1e-12);
        Assert.AreEqual(Math.Exp(-2.0 / 3 * Math.Log(2.0 / 3) - 1.0 / 3 * Math.Log(1.0 / 3)), features.ComputeEffectiveRank(), 1e-12);
        Failure.Requires<ArgumentException>("not orthonormal",
            () => features.ComputeSubspaceEnergy(new double[,] { { 2 }, { 0 }, { 0 }, { 0 } }));
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

    /// <summary>The first draw has one input; heads and representation alike must have it, too.</summary>
    [TestMethod]
    [DataRow(2, UpdateOrder.HeadsFirst)]
    [DataRow(3, UpdateOrder.HeadsFirst)]
    [DataRow(2, UpdateOrder.Simultaneous)]
    public void Samples_that_change_their_width_are_named(int call, UpdateOrder order)
    {
        int calls = 0;
        Failure.Requires<ArgumentException>("Samples of 2 inputs and 1 tasks follow samples of 1 inputs and 1 tasks.",
            () => FeatureLearning.Train(_ => ++calls == call ? new(2, 1, [1, 2, 3, 4], [0, 1]) : new(1, 1, [1, 2], [0, 1]),
                new() { Order = order }));
    }

    [TestMethod]
    public void Bad_labels_are_named()
    {
        Failure.Requires<InvalidDataException>("Row 1: the label of task 1 is 0.5; it must be 0, 1 or missing (NaN).",
            () => new BinaryTaskSamples(1, 2, [1, 2], [0, 1, 1, .5f]));
        Failure.Requires<InvalidDataException>("Task 1 does not have both labels",
            () => FeatureLearning.Train(new BinaryTaskSamples(1, 2, [1, 2], [0, 1, 1, 1])));
        Failure.Requires<InvalidDataException>("Row 1: input 0 is NaN", () => new BinaryTaskSamples(2, 1, [1, 2, float.NaN, 4], [0, 1]));
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.ThrowsExactly<OperationCanceledException>(() =>
            FeatureLearning.Train(new BinaryTaskSamples(1, 1, [1, 2], [0, 1]), new() { CancellationToken = source.Token }));
    }

    /// <summary>The mean over tasks of -mean y a_t . relu(W x) with a_t = mean y relu(W x), both over the rows with a label.</summary>
    private static double PseudoContrastiveLoss(LearnedFeatures features, BinaryTaskSamples rows)
    {
        double[][] hidden = [.. Enumerable.Range(0, rows.Count).Select(row => Enumerable.Range(0, features.NeuronCount)
            .Select(neuron => features.GetNeuron(neuron).ToArray().Zip(rows.GetInput(row).ToArray(), (w, x) => (double)w * x).Sum())
            .Select(sum => Math.Max(sum, 0))
            .ToArray())];
        return -Enumerable.Range(0, rows.TaskCount).Average(task =>
        {
            int[] labelled = [.. Enumerable.Range(0, rows.Count).Where(row => rows.Labels[row * rows.TaskCount + task] != 0)];
            return Enumerable.Range(0, features.NeuronCount).Sum(neuron => Math.Pow(
                labelled.Average(row => rows.Labels[row * rows.TaskCount + task] * hidden[row][neuron]), 2));
        });
    }
}
