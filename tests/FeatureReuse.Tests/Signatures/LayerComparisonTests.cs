namespace FeatureReuse.Tests.Signatures;

[TestClass]
public sealed class LayerComparisonTests
{
    private static readonly TrainingOptions FewEpochs = FastTraining.Options with { LearningRate = .02, MaximumEpochs = 3 };
    private static readonly ImageStore Main = Images.Learnable(40, classes: 2, seed: 2);

    private static TrainedClassifier Pretrained() => FastTraining.Train(FewEpochs, Images.Learnable(60));

    [TestMethod]
    public void A_network_shares_everything_with_itself()
    {
        using TrainedClassifier network = Pretrained();
        IReadOnlyList<LayerSignature> signatures = FeatureTransfer.CompareLayers(network, network, Main);
        CollectionAssert.AreEqual(network.Network.LayerNames.ToArray(), signatures.Select(signature => signature.LayerName).ToArray());
        foreach (LayerSignature signature in signatures)
        {
            Assert.AreEqual(signature.PretrainedDimensions, signature.FinetunedDimensions, 1e-9, signature.LayerName);
            Assert.AreEqual(1, signature.SharedFraction, 1e-5, signature.LayerName);
            Assert.AreEqual(FeatureReuseKind.Kept, signature.ReuseKind);
            Assert.AreEqual(0, signature.Change, 0.0);
        }
        Assert.AreEqual(0, signatures.Single(signature => signature.LayerName == "pooling").PretrainedNorm, 0.0,
            "a layer without parameters");
    }

    [TestMethod]
    public void The_start_of_finetuning_is_the_rescaled_network()
    {
        using TrainedClassifier pretrained = Pretrained();
        using TrainedClassifier finetuned = FeatureTransfer.Finetune(pretrained, Main, .5f, FewEpochs);
        IReadOnlyList<LayerSignature> rescaled = FeatureTransfer.CompareLayers(pretrained, finetuned, Main);
        IReadOnlyList<LayerSignature> plain = FeatureTransfer.CompareLayers(pretrained, finetuned, Main, new() { ApplyRescaling = false });
        Assert.AreEqual(plain[0].PretrainedNorm / 2, rescaled[0].PretrainedNorm, 1e-6);
        TensorAssert.IsBelow(plain[0].Change, rescaled[0].Change, "From its own start the weights have moved less.");
    }

    [TestMethod]
    public void Measuring_leaves_both_networks_as_they_were()
    {
        using TrainedClassifier pretrained = Pretrained();
        using TrainedClassifier finetuned = FeatureTransfer.Finetune(pretrained, Main, 2, FewEpochs);
        double[] before = TensorAssert.Values(finetuned.Network.state_dict()["bn1.running_mean"]);
        IReadOnlyList<LayerSignature> batch = FeatureTransfer.CompareLayers(pretrained, finetuned, Main,
            new() { UseBatchStatistics = true, BatchSize = 13 });
        CollectionAssert.AreEqual(before, TensorAssert.Values(finetuned.Network.state_dict()["bn1.running_mean"]));
        Assert.AreNotEqual(FeatureTransfer.CompareLayers(pretrained, finetuned, Main)[2].FinetunedDimensions, batch[2].FinetunedDimensions);
    }

    [TestMethod]
    public void Readings_follow_the_stated_thresholds()
    {
        static FeatureReuseKind Of(double before, double after, double shared)
            => new LayerSignature(0, "", before, after, shared, 0, 0, 0, 0).ReuseKind;
        Assert.AreEqual(FeatureReuseKind.Kept, Of(10, 10, 8));
        Assert.AreEqual(FeatureReuseKind.PartlyNew, Of(10, 10, 7.9));
        Assert.AreEqual(FeatureReuseKind.PartlyNew, Of(10, 10, 5));
        Assert.AreEqual(FeatureReuseKind.New, Of(10, 10, 4.9));
        Assert.AreEqual(FeatureReuseKind.NestedSelection, Of(10, 8, 8));
        Assert.AreEqual(FeatureReuseKind.Kept, Of(10, 8.1, 8.1));
    }

    [TestMethod]
    public void What_cannot_be_compared_is_an_error()
    {
        using TrainedClassifier small = Pretrained();
        using TrainedClassifier other = FeatureTransfer.Pretrain(Images.Learnable(6), new(NetworkArchitecture.ResNet18),
            FewEpochs with { MaximumEpochs = 1 });
        Failure.Requires<ArgumentException>("The pretrained network is SmallCnn, the finetuned one ResNet18;",
            () => FeatureTransfer.CompareLayers(small, other, Main));
        var wide = new ImageStoreBuilder(new ImageShape(3, 8, 9), PixelType.Byte, ["image"]);
        wide.Add(new byte[216], 0);
        Failure.Requires<ArgumentException>("the pretrained network takes 3x8x8",
            () => FeatureTransfer.CompareLayers(small, small, wide.Build()));
        Failure.Requires<ArgumentException>("signatures need at least two",
            () => FeatureTransfer.CompareLayers(small, small, Images.Learnable(1, classes: 1)));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => FeatureTransfer.CompareLayers(small, small, Main, new() { BatchSize = 1 }));
    }
}
