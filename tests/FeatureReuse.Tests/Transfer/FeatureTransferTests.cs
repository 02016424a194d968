using TorchSharp;

namespace FeatureReuse.Tests.Transfer;

[TestClass]
public sealed class FeatureTransferTests
{
    private static readonly TrainingOptions FewEpochs = FastTraining.Options;
    private static readonly ImageStore Main = Images.Learnable(40, classes: 2, seed: 2);

    private static Dictionary<string, double[]> StateOf(TrainedClassifier classifier)
        => classifier.Network.state_dict().ToDictionary(entry => entry.Key, entry => TensorAssert.Values(entry.Value));

    [TestMethod]
    public void Finetuning_adds_a_head_moves_every_parameter_and_leaves_the_pretrained_network()
    {
        using TrainedClassifier pretrained = FastTraining.Pretrained();
        Dictionary<string, double[]> before = StateOf(pretrained);
        using TrainedClassifier finetuned = FeatureTransfer.Finetune(pretrained, Main, .5f, FewEpochs);
        foreach ((string name, double[] values) in StateOf(pretrained))
            CollectionAssert.AreEqual(before[name], values, name);
        CollectionAssert.AreEqual(new[] { "auxiliary", "main" }, finetuned.Network.Heads.Select(head => head.Name).ToArray());
        Dictionary<string, double[]> after = StateOf(finetuned);
        foreach (string name in before.Keys.Where(name => !name.StartsWith("fc.", StringComparison.Ordinal)))
            CollectionAssert.AreNotEqual(before[name], after[name], name);
    }

    /// <summary>The loss sees only its own task's logits, so that the other head is only rescaled.</summary>
    [TestMethod]
    public void Finetuning_leaves_the_other_tasks_head()
    {
        using TrainedClassifier pretrained = FastTraining.Pretrained();
        using TrainedClassifier finetuned = FeatureTransfer.Finetune(pretrained, Main, .5f, FewEpochs);
        double[] before = StateOf(pretrained)["fc.weight"];
        double[] after = StateOf(finetuned)["fc.weight"];
        TensorAssert.AreClose([.. before.Select(value => value * .5)], after.AsSpan(0, before.Length), rtol: 0, atol: 0);
        Assert.HasCount(before.Length / 3 * 5, after);
    }

    [TestMethod]
    public void LP_FT_finetunes_from_a_head_that_fits_the_rescaled_features()
    {
        using TrainedClassifier pretrained = FastTraining.Pretrained();
        TrainingOptions probe = FewEpochs with { Optimizer = Optimizer.Adam, LearningRate = .02, MaximumEpochs = 40, LossThreshold = 0 };
        using TrainedClassifier straight = FeatureTransfer.Finetune(pretrained, Main, .5f, FewEpochs);
        using TrainedClassifier probed = FeatureTransfer.LinearProbeThenFinetune(pretrained, Main, .5f, new(probe, FewEpochs));
        CollectionAssert.AreEqual(new[] { "pretrain", "rescale", "linear probe", "finetune" },
            probed.Runs.Select(run => run.Name).ToArray());
        TensorAssert.IsBelow(straight.LastTraining!.History.Epochs[0].Loss, probed.LastTraining!.History.Epochs[0].Loss,
            "loss of finetuning's first epoch");
        Assert.AreEqual(.5f, ((RescalingRun)probed.Runs[1]).Rescaling.Factor);
        Assert.AreEqual(Rescaling.None, probed.LastTraining!.Rescaling);
    }

    [TestMethod]
    public void L2_SP_keeps_the_weights_near_their_start()
    {
        using TrainedClassifier pretrained = FastTraining.Pretrained();
        double Distance(double pull)
        {
            using TrainedClassifier finetuned = FeatureTransfer.Finetune(pretrained, Main, 1,
                FewEpochs with { Regularization = new() { L2SP = pull }, LossThreshold = 0 });
            Dictionary<string, double[]> after = StateOf(finetuned);
            return Math.Sqrt(StateOf(pretrained).Where(entry => entry.Key.EndsWith("weight", StringComparison.Ordinal)
                && !entry.Key.StartsWith("fc.", StringComparison.Ordinal))
                .Sum(entry => entry.Value.Zip(after[entry.Key], (x, y) => (x - y) * (x - y)).Sum()));
        }
        double free = Distance(0);
        TensorAssert.IsBelow(.9 * free, Distance(1), $"free: {free}");
        TensorAssert.IsBelow(.4 * free, Distance(10), $"free: {free}");
    }

    [TestMethod]
    public void A_frozen_layer_keeps_its_weights_and_its_statistics()
    {
        using TrainedClassifier pretrained = FastTraining.Pretrained();
        using TrainedClassifier finetuned = FeatureTransfer.Finetune(pretrained, Main, 1,
            FewEpochs with { LayerLearningRateFactors = new Dictionary<string, double> { ["conv1"] = 0, ["conv2"] = 0 } });
        Moved(pretrained, finetuned, ["conv3.", "bn3.", "fc."]);
        Assert.IsTrue(finetuned.Network.parameters().All(parameter => parameter.requires_grad), "Afterwards every layer can learn again.");
    }

    [TestMethod]
    public void Gradual_unfreezing_begins_at_the_readout_and_goes_down()
    {
        using TrainedClassifier pretrained = FastTraining.Pretrained();
        using TrainedClassifier first = FeatureTransfer.Finetune(pretrained, Main, 1,
            FewEpochs with { GradualUnfreezingEpochs = 2, MaximumEpochs = 2, LossThreshold = 0 });
        Moved(pretrained, first, ["fc."]);
        using TrainedClassifier second = FeatureTransfer.Finetune(pretrained, Main, 1,
            FewEpochs with { GradualUnfreezingEpochs = 2, MaximumEpochs = 4, LossThreshold = 0 });
        Moved(pretrained, second, ["conv3.", "bn3.", "fc."]);
    }

    [TestMethod]
    [DataRow(Optimizer.Sgd)]
    [DataRow(Optimizer.Adam)]
    [DataRow(Optimizer.AdamW)]
    public void A_layer_learns_at_its_own_rate(Optimizer optimizer)
    {
        // One step without momentum is proportional to the learning rate.
        TrainingOptions step = FewEpochs with { Optimizer = optimizer, Momentum = 0, BatchSize = 64, MaximumEpochs = 1 };
        using TrainedClassifier pretrained = FastTraining.Pretrained();
        using TrainedClassifier plain = FeatureTransfer.Finetune(pretrained, Main, 1, step);
        using TrainedClassifier slow = FeatureTransfer.Finetune(pretrained, Main, 1,
            step with { LayerLearningRateFactors = new Dictionary<string, double> { ["conv2"] = .25 } });
        Dictionary<string, double[]> start = StateOf(pretrained);
        double[] Change(TrainedClassifier classifier, string name)
            => [.. StateOf(classifier)[name].Zip(start[name], (after, before) => after - before)];
        TensorAssert.AreClose([.. Change(plain, "conv2.weight").Select(value => .25 * value)], Change(slow, "conv2.weight"), rtol: 1e-3,
            atol: 1e-7, "conv2");
        TensorAssert.AreClose(Change(plain, "conv1.weight"), Change(slow, "conv1.weight"), rtol: 0, atol: 0, "conv1");
    }

    [TestMethod]
    public void Layers_that_are_unknown_or_all_frozen_are_an_error()
    {
        using TrainedClassifier pretrained = FastTraining.Pretrained();
        string Message(params string[] layers) => Assert.ThrowsExactly<ArgumentException>(() =>
            FeatureTransfer.Finetune(pretrained, Main, 1,
                FewEpochs with { LayerLearningRateFactors = layers.ToDictionary(name => name, _ => 0.0) })).Message;
        StringAssert.Contains(Message("layer4"),
            "LayerLearningRateFactors names the layer 'layer4'; the layers of SmallCnn with parameters are conv1, conv2, conv3, logits.");
        StringAssert.Contains(Message("conv1", "conv2", "conv3", "logits"),
            "LayerLearningRateFactors freezes every layer of SmallCnn; at least one must learn.");
    }

    /// <summary>Checks that exactly the parameters and buffers with these name prefixes changed.</summary>
    private static void Moved(TrainedClassifier before, TrainedClassifier after, string[] prefixes)
    {
        Dictionary<string, double[]> start = StateOf(before);
        foreach ((string name, double[] values) in StateOf(after))
        {
            bool moved = !start[name].AsSpan().SequenceEqual(values.AsSpan(0, Math.Min(start[name].Length, values.Length)));
            // Of the readout only the new head's rows move.
            bool grew = values.Length > start[name].Length;
            Assert.AreEqual(prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)), moved || grew, name);
        }
    }

    [TestMethod]
    public void Probing_moves_only_the_readout()
    {
        using TrainedClassifier pretrained = FastTraining.Pretrained();
        using TrainedClassifier probed = FeatureTransfer.LinearProbe(pretrained, Main, FewEpochs);
        Dictionary<string, double[]> before = StateOf(pretrained);
        Dictionary<string, double[]> after = StateOf(probed);
        foreach (string name in before.Keys.Where(name => !name.StartsWith("fc.", StringComparison.Ordinal)))
            CollectionAssert.AreEqual(before[name], after[name], name);
        Assert.IsGreaterThan(.8, probed.LastTraining!.History.Epochs[^1].Accuracy);
    }

    [TestMethod]
    public void The_records_tell_how_the_network_came_about()
    {
        using TrainedClassifier pretrained = FastTraining.Pretrained();
        using TrainedClassifier rescaled = FeatureTransfer.RescaleWeights(pretrained, .25f);
        using TrainedClassifier finetuned = FeatureTransfer.Finetune(rescaled, Main, Rescaling.None, FewEpochs with { Seed = 9 });
        CollectionAssert.AreEqual(new[] { "pretrain", "rescale", "finetune" }, finetuned.Runs.Select(run => run.Name).ToArray());
        Assert.AreEqual<Rescaling>(.25f, ((RescalingRun)finetuned.Runs[1]).Rescaling);
        Assert.AreEqual(9, finetuned.LastTraining!.Seed);
        Assert.AreEqual(40, finetuned.LastTraining.RowCount);
        Assert.AreEqual(LibraryVersion.Current, finetuned.Runs[0].LibraryVersion);
    }

    [TestMethod]
    public void Images_of_another_shape_are_refused()
    {
        using TrainedClassifier pretrained = FastTraining.Pretrained();
        var builder = new ImageStoreBuilder(new ImageShape(3, 9, 8), PixelType.Byte, ["a", "b"]);
        builder.Add(new byte[216], 0);
        builder.Add(new byte[216], 1);
        Failure.Requires<ArgumentException>("The images are 3x9x8; the pretrained network takes 3x8x8.",
            () => FeatureTransfer.Finetune(pretrained, builder.Build(), 1f, FewEpochs));
    }

    [TestMethod]
    public void A_head_for_other_classes_is_refused()
    {
        using TrainedClassifier pretrained = FastTraining.Pretrained();
        ArgumentException failure = Assert.ThrowsExactly<ArgumentException>(()
            => FeatureTransfer.Finetune(pretrained, Main, 1f, FewEpochs, task: "auxiliary"));
        StringAssert.Contains(failure.Message, "The pretrained network has a head 'auxiliary' for other classes "
            + "(class 0, class 1, class 2; the images have class 0, class 1).");
    }

    [TestMethod]
    public void A_disposed_classifier_says_so()
    {
        TrainedClassifier pretrained = FastTraining.Pretrained();
        pretrained.Dispose();
        pretrained.Dispose();
        Assert.ThrowsExactly<ObjectDisposedException>(() => pretrained.Network);
        Assert.ThrowsExactly<ObjectDisposedException>(() => FeatureTransfer.Finetune(pretrained, Main, 1f, FewEpochs));
    }
}
