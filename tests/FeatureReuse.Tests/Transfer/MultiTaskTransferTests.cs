namespace FeatureReuse.Tests.Transfer;

[TestClass]
public sealed class MultiTaskTransferTests
{
    private static readonly TrainingOptions FewEpochs = FastTraining.Options with { LossThreshold = 0 };
    private static readonly ImageStore Main = Images.Learnable(20, classes: 2, seed: 2);
    private static readonly ImageStore Auxiliary = Images.Learnable(60);

    private static TrainedClassifier Trained(TaskMixingOptions settings, TrainingOptions? options = null)
        => FeatureTransfer.TrainMultiTask(Main, Auxiliary, new(NetworkArchitecture.SmallCnn), settings, options ?? FewEpochs);

    private static double[] Weights(TrainedClassifier classifier, string name)
        => TensorAssert.Values(classifier.Network.state_dict()[name]);

    [TestMethod]
    public void The_default_weight_is_the_papers()
    {
        // (n / min(n, 128)) / (49000 / 128), by hand.
        Assert.AreEqual(1 / 382.8125, new TaskMixingOptions().WeightFor(10, 49_000, 128), 1e-12);
        Assert.AreEqual(7.8125 / 382.8125, new TaskMixingOptions().WeightFor(1000, 49_000, 128), 1e-12);
        Assert.AreEqual(1, new TaskMixingOptions { Order = TaskMixing.MixedBatches }.WeightFor(10, 49_000, 128));
    }

    /// <summary>The weight of a main task with 1,500 times as many batches.</summary>
    [TestMethod]
    public void A_large_derived_weight_is_saved_and_loaded()
    {
        using var folder = new TemporaryFolder();
        using TrainedClassifier trained = FeatureTransfer.TrainMultiTask(
            Images.Learnable(3000, classes: 2), Images.Learnable(2, classes: 2), new(NetworkArchitecture.SmallCnn), new(),
            FewEpochs with { BatchSize = 2, MaximumSteps = 1 });
        Assert.AreEqual(1500, trained.LastTraining!.TaskMixing!.AuxiliaryWeight);
        trained.Save(folder.PathOf("model.safetensors"));
        using TrainedClassifier loaded = TrainedClassifier.Load(folder.PathOf("model.safetensors"));
        Assert.AreEqual(1500, loaded.LastTraining!.TaskMixing!.AuxiliaryWeight);
    }

    [TestMethod]
    [DataRow(TaskMixing.AlternatingEpochs, 2 + 4)]
    [DataRow(TaskMixing.MixedBatches, 4)]
    public void Both_tasks_are_learnt_and_the_main_head_classifies(TaskMixing mixing, int stepsAnEpoch)
    {
        using TrainedClassifier trained = Trained(new() { Order = mixing }, FewEpochs with { MaximumEpochs = 40 });
        TrainingHistory history = trained.LastTraining!.History;
        Assert.AreEqual("main", trained.Head.Name);
        CollectionAssert.AreEqual(new[] { "main", "auxiliary" }, trained.Network.Heads.Select(head => head.Name).ToArray());
        Assert.AreEqual(40 * stepsAnEpoch, history.Steps);
        TensorAssert.IsBelow(.5 * history.Epochs[0].Loss, history.Epochs[^1].Loss);
        TensorAssert.IsBelow(.5 * history.Epochs[0].AuxiliaryLoss!.Value, history.Epochs[^1].AuxiliaryLoss!.Value);
        Assert.IsGreaterThan(.9, history.Epochs[^1].Accuracy);
        Assert.IsGreaterThan(.9, history.Epochs[^1].AuxiliaryAccuracy!.Value);
    }

    /// <summary>
    /// With a weight next to nothing the auxiliary steps move nothing, and what is left is single-task training on the same draws.
    /// </summary>
    [TestMethod]
    public void A_vanishing_weight_leaves_the_auxiliary_head_where_it_started()
    {
        TrainingOptions plain = FewEpochs with { Momentum = 0, MaximumEpochs = 1 };
        using TrainedClassifier without = Trained(new() { AuxiliaryWeight = 1e-12 }, plain);
        ImageClassifier start = NetworkArchitecture.SmallCnn.Build(Images.Shape, InputNormalization.Symmetric, without.Network.Heads,
            seed: 1);
        using (start)
        {
            double[] before = TensorAssert.Values(start.state_dict()["fc.weight"]);
            double[] after = Weights(without, "fc.weight");
            TensorAssert.AreClose(before.AsSpan(2 * 128), after.AsSpan(2 * 128), rtol: 0, atol: 1e-9, "auxiliary head");
            CollectionAssert.AreNotEqual(before[..(2 * 128)], after[..(2 * 128)]);
        }
    }

    [TestMethod]
    public void The_same_seed_gives_the_same_bits()
    {
        using TrainedClassifier first = Trained(new() { Order = TaskMixing.MixedBatches });
        using TrainedClassifier second = Trained(new() { Order = TaskMixing.MixedBatches });
        CollectionAssert.AreEqual(Weights(first, "conv1.weight"), Weights(second, "conv1.weight"));
    }

    [TestMethod]
    public void The_weight_used_travels_with_the_model()
    {
        using TrainedClassifier trained = Trained(new());
        using var folder = new TemporaryFolder();
        string path = folder.PathOf("model.safetensors");
        trained.Save(path);
        using TrainedClassifier loaded = TrainedClassifier.Load(path);
        // 20 images in batches of 16 against 60.
        Assert.AreEqual(20.0 / 60, loaded.LastTraining!.TaskMixing!.AuxiliaryWeight!.Value, 1e-12);
        Assert.AreEqual(trained.LastTraining!.TaskMixing, loaded.LastTraining!.TaskMixing);
    }

    [TestMethod]
    public void The_threshold_is_one_of_the_weighted_sum()
    {
        using TrainedClassifier heavy = Trained(new() { AuxiliaryWeight = 1 }, FewEpochs with { MaximumEpochs = 100, LossThreshold = .2 });
        EpochMetrics[] epochs = [.. heavy.LastTraining!.History.Epochs];
        Assert.AreEqual(StopReason.LossThreshold, heavy.LastTraining!.History.StopReason);
        Assert.IsTrue(epochs[..^1].All(epoch => epoch.Loss + epoch.AuxiliaryLoss >= .2), "an epoch before the last was below already");
        TensorAssert.IsBelow(.2, epochs[^1].Loss + epochs[^1].AuxiliaryLoss!.Value);
    }

    [TestMethod]
    public void Wrong_tasks_are_refused_by_name()
    {
        Failure.Requires<ArgumentException>("Two tasks are named 'main'", () => Trained(new() { AuxiliaryTask = "main" }));
        Failure.Requires<ArgumentOutOfRangeException>("AuxiliaryWeight is 0", () => Trained(new() { AuxiliaryWeight = 0 }));
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => FeatureTransfer.TrainMultiTask(
            Main, Images.Learnable(60, pixelType: PixelType.Float32), new(NetworkArchitecture.SmallCnn), new(), FewEpochs)).Message,
                "of Float32; both tasks need the same");
    }

    [TestMethod]
    public void An_untrained_head_waits_for_finetuning()
    {
        var waiting = new Dictionary<string, IReadOnlyList<string>> { ["main"] = Main.ClassNames };
        using TrainedClassifier pretrained = FeatureTransfer.Pretrain(Auxiliary, new(NetworkArchitecture.SmallCnn), FewEpochs,
            untrained: waiting);
        using ImageClassifier start = NetworkArchitecture.SmallCnn.Build(Images.Shape, InputNormalization.Symmetric,
            pretrained.Network.Heads, seed: 1);
        CollectionAssert.AreEqual(TensorAssert.Values(start.state_dict()["fc.weight"])[..(2 * 128)],
            Weights(pretrained, "fc.weight")[..(2 * 128)]);
        using TrainedClassifier finetuned = FeatureTransfer.Finetune(pretrained, Main, Rescaling.None, FewEpochs);
        Assert.HasCount(2, finetuned.Network.Heads);
        Assert.AreEqual("main", finetuned.Head.Name);
    }
}
