using TorchSharp;

namespace FeatureReuse.Tests.Training;

[TestClass]
public sealed class TrainingTests
{
    private static readonly TrainingOptions FewEpochs = FastTraining.SixEpochs;

    private static TrainingHistory HistoryOf(TrainingOptions options)
    {
        using TrainedClassifier trained = FastTraining.Train(options);
        return trained.LastTraining!.History;
    }

    public static IEnumerable<object[]> Optimisers =>
    [
        [FewEpochs],
        [FewEpochs with { Optimizer = Optimizer.Adam, LearningRate = .003, Regularization = new() { WeightDecay = 5e-5 } }],
        [FewEpochs with { Optimizer = Optimizer.AdamW, LearningRate = .003, Regularization = new() { WeightDecay = .01 } }],
        [FewEpochs with { Schedule = LearningRateSchedule.Cosine }],
        [FewEpochs with { Schedule = LearningRateSchedule.OneCycle, LearningRate = .03 }],
        [FewEpochs with { ClassWeights = ClassWeights.Balanced }],
        [FewEpochs with { ClassWeights = ClassWeights.From(1, 2, 3) }],
    ];

    [TestMethod]
    [DynamicData(nameof(Optimisers))]
    public void Training_lowers_the_loss(TrainingOptions options)
    {
        IReadOnlyList<EpochMetrics> epochs = HistoryOf(options).Epochs;
        Assert.HasCount(6, epochs);
        TensorAssert.IsBelow(epochs[0].Loss * .7, epochs[^1].Loss);
        Assert.IsGreaterThan(.9, epochs[^1].Accuracy);
    }

    [TestMethod]
    public void The_same_seed_gives_the_same_bits()
    {
        using TrainedClassifier first = FastTraining.Train(FewEpochs);
        using TrainedClassifier second = FastTraining.Train(FewEpochs);
        using TrainedClassifier other = FastTraining.Train(FewEpochs with { Seed = 2 });
        using DisposeScope scope = torch.NewDisposeScope();
        foreach ((string name, torch.Tensor value) in first.Network.state_dict())
            TensorAssert.AreClose(value, second.Network.state_dict()[name], rtol: 0, atol: 0, name);
        Assert.AreNotEqual(first.LastTraining!.History.Epochs[^1].Loss, other.LastTraining!.History.Epochs[^1].Loss);
    }

    [TestMethod]
    public void The_loss_threshold_ends_the_run()
    {
        TrainingHistory history = HistoryOf(FewEpochs with { LossThreshold = .3, MaximumEpochs = 100 });
        Assert.AreEqual(StopReason.LossThreshold, history.StopReason);
        TensorAssert.IsBelow(.3, history.Epochs[^1].Loss);
        Assert.IsTrue(history.Epochs.SkipLast(1).All(epoch => epoch.Loss >= .3));
    }

    [TestMethod]
    public void The_metrics_cover_all_rows()
    {
        List<TrainingProgress> reports = [];
        var listener = new Listener<TrainingProgress>(reports.Add);
        TrainingHistory history = HistoryOf(FewEpochs with { MaximumEpochs = 1, BatchSize = 20, Progress = listener });
        Assert.AreEqual(3, history.Steps);
        Assert.HasCount(3, reports);
        Assert.AreEqual(history.Epochs[0], reports[^1].CompletedEpoch);
        // The last batch has half the rows of the others and counts half.
        double lastLoss = history.Epochs[0].Loss * 50 - (reports[0].Loss + reports[1].Loss) * 20;
        Assert.AreEqual(10 * reports[2].Loss, lastLoss, 1e-4);
        double right = history.Epochs[0].Accuracy * 50;
        Assert.AreEqual(Math.Round(right), right, 1e-9);
    }

    [TestMethod]
    public void Early_stopping_keeps_the_weights_of_the_best_epoch()
    {
        TrainingOptions options = FewEpochs with { EarlyStopping = new() { ValidationFraction = .3, Patience = 3 }, MaximumEpochs = 200,
            LearningRate = .3 };
        ImageStore images = Images.Learnable(60);
        using TrainedClassifier trained = FastTraining.Train(options, images);
        TrainingHistory history = trained.LastTraining!.History;
        Assert.AreEqual(StopReason.EarlyStopping, history.StopReason);
        EpochMetrics best = history.Epochs.MinBy(epoch => epoch.ValidationLoss)!;
        Assert.AreEqual(best.Epoch, history.BestEpoch);
        Assert.HasCount(best.Epoch + 3, history.Epochs);

        using DisposeScope scope = torch.NewDisposeScope();
        (_, int[] validation) = StratifiedSplit.HoldOut(images, .3, fewest: 0, new SeededRandom(1, RandomStream.ValidationSplit));
        (torch.Tensor batch, torch.Tensor labels) = images.Gather(validation);
        double loss = torch.nn.functional.cross_entropy(trained.Network.call(batch), labels).ToDouble();
        Assert.AreEqual(best.ValidationLoss!.Value, loss, 1e-5);
    }

    [TestMethod]
    public void Cancellation_ends_at_the_next_step()
    {
        using var source = new CancellationTokenSource();
        int steps = 0;
        TrainingCanceledException canceled = Assert.ThrowsExactly<TrainingCanceledException>(() => HistoryOf(FewEpochs with
        {
            CancellationToken = source.Token,
            Progress = new Listener<TrainingProgress>(_ =>
            {
                if (++steps == 5)
                    source.Cancel();
            }),
        }));
        Assert.AreEqual(StopReason.Canceled, canceled.History.StopReason);
        Assert.AreEqual(5, canceled.History.Steps);
        Assert.AreEqual(source.Token, canceled.CancellationToken);
    }

    [TestMethod]
    public void A_loss_that_is_not_finite_is_an_error_that_holds_the_history()
    {
        TrainingDivergedException diverged = Assert.ThrowsExactly<TrainingDivergedException>(
            () => HistoryOf(FewEpochs with { LearningRate = 100, Regularization = new() { WeightDecay = 1 }, MaximumEpochs = 100 }));
        Assert.AreEqual(StopReason.Diverged, diverged.History.StopReason);
        StringAssert.Contains(diverged.Message, "with LearningRate 100.");
    }

    [TestMethod]
    public void Balanced_weights_make_classes_count_the_same()
        => TensorAssert.AreClose([.625f, 2.5f, 0], ClassWeights.Balanced.For([0, 0, 0, 0, 1], 3)!, rtol: 2e-6, atol: 0);

    [TestMethod]
    public void Live_tensors_stay_flat_over_a_thousand_steps()
    {
        // Within an epoch the next batch may or may not have been read ahead; at its end there is none.
        List<long> live = [];
        void Count(TrainingProgress report)
        {
            if (report.CompletedEpoch is not null)
                live.Add(torch.Tensor.TotalCount);
        }
        TrainingHistory history = HistoryOf(FewEpochs with { MaximumEpochs = 250, Progress = new Listener<TrainingProgress>(Count) });
        Assert.AreEqual(1000, history.Steps);
        Assert.AreEqual(live[24], live[^1], "tensors alive after 100 and after 1000 steps");
    }

    [TestMethod]
    public void One_class_only_is_refused()
    {
        var builder = new ImageStoreBuilder(Images.Shape, PixelType.Byte, ["cat", "dog"]);
        builder.Add(new byte[Images.Shape.Size], 1);
        builder.Add(new byte[Images.Shape.Size], 1);
        Failure.Requires<ArgumentException>("All 2 labelled images are of one class, 'dog'; training needs at least two.",
            () => FastTraining.Train(FewEpochs, builder.Build()));
    }

    [TestMethod]
    public void Fewer_images_than_classes_are_refused()
        => Failure.Requires<ArgumentException>(
            "There are 4 labelled images for 5 classes; training needs at least as many images as classes.",
            () => FastTraining.Train(FewEpochs, Images.Learnable(4, classes: 5)));

    [TestMethod]
    public void No_image_is_refused()
        => Failure.Requires<ArgumentException>("There are no labelled images to train on.",
            () => FastTraining.Train(FewEpochs, Images.Learnable(0)));
}
