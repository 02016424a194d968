namespace FeatureReuse.Tests.Transfer;

[TestClass]
public sealed class RescalingChoiceTests
{
    private static readonly TrainingOptions FewEpochs = FastTraining.Options;
    private static readonly ImageStore Main = Images.Learnable(30, classes: 2, seed: 2);

    private static double[] Weights(TrainedClassifier classifier) => TensorAssert.Values(classifier.Network.state_dict()["conv1.weight"]);

    /// <summary>Compares the table with finetuning on each fold separately.</summary>
    [TestMethod]
    public void The_table_holds_the_mean_losses_of_the_folds()
    {
        using TrainedClassifier pretrained = FastTraining.Pretrained();
        RescalingChoice choice = RescalingChoice.From(.25f, 1) with { Folds = 3 };
        using TrainedClassifier chosen = FeatureTransfer.Finetune(pretrained, Main, choice, FewEpochs);
        IReadOnlyList<RescalingCandidate> table = chosen.LastTraining!.Candidates!;
        Assert.HasCount(2, table);
        var folds = StratifiedSplit.Folds(Main, 3, new SeededRandom(1, RandomStream.Folds));
        foreach (RescalingCandidate candidate in table)
        {
            List<double> losses = [];
            foreach ((int[] training, int[] validation) in folds)
            {
                using TrainedClassifier trained = FeatureTransfer.Finetune(pretrained, Main.Subset(training), candidate.Rescaling,
                    FewEpochs with { Threads = 1 });
                using TorchSharp.DisposeScope scope = TorchSharp.torch.NewDisposeScope();
                (TorchSharp.torch.Tensor images,
                    TorchSharp.torch.Tensor labels) = Main.Subset(validation).Gather([.. Enumerable.Range(0, validation.Length)]);
                using TorchSharp.torch.Tensor logits = ImageClassifier.Slice(trained.Network.call(images), trained.Head);
                losses.Add(TensorAssert.Values(TorchSharp.torch.nn.functional.cross_entropy(logits, labels))[0]);
            }
            Assert.AreEqual(losses.Average(), candidate.ValidationLoss!.Value, 1e-6, $"candidate {candidate.Rescaling}");
        }
    }

    [TestMethod]
    public void The_winner_is_finetuned_on_all_images()
    {
        using TrainedClassifier pretrained = FastTraining.Pretrained();
        using TrainedClassifier chosen = FeatureTransfer.Finetune(pretrained, Main, RescalingChoice.From(.25f, .5f, 1), FewEpochs);
        TrainingRun run = chosen.LastTraining!;
        Assert.AreEqual(Main.Count, run.RowCount);
        Assert.AreEqual(run.Candidates!.Single(candidate => candidate.IsChosen).Rescaling, run.Rescaling);
        using TrainedClassifier same = FeatureTransfer.Finetune(pretrained, Main, run.Rescaling, FewEpochs);
        CollectionAssert.AreEqual(Weights(same), Weights(chosen));
    }

    [TestMethod]
    public void Side_by_side_and_one_after_another_give_the_same_bits()
    {
        using TrainedClassifier pretrained = FastTraining.Pretrained();
        using TrainedClassifier first = FeatureTransfer.Finetune(pretrained, Main,
            RescalingChoice.From(.5f, 1, 2) with { MaxDegreeOfParallelism = 1 },
            FewEpochs);
        using TrainedClassifier second = FeatureTransfer.Finetune(pretrained, Main,
            RescalingChoice.From(.5f, 1, 2) with { MaxDegreeOfParallelism = 3 },
            FewEpochs);
        CollectionAssert.AreEqual(first.LastTraining!.Candidates!.ToArray(), second.LastTraining!.Candidates!.ToArray());
        CollectionAssert.AreEqual(Weights(first), Weights(second));
    }

    [TestMethod]
    public void Of_candidates_that_nothing_tells_apart_the_nearest_to_one_wins()
    {
        using TrainedClassifier pretrained = FastTraining.Pretrained();
        // Batch normalisation undoes the factor of the convolution before it.
        Rescaling Undone(float factor)
            => Rescaling.ByLayer(new Dictionary<string, float> { ["conv1"] = factor }, RescaledParameters.Weights);
        TrainingOptions still = FewEpochs with { LearningRate = 1e-12, MaximumEpochs = 1 };
        using TrainedClassifier chosen = FeatureTransfer.Finetune(pretrained, Main, RescalingChoice.From(Undone(4), Undone(2), Undone(8)),
            still);
        Assert.AreEqual(Undone(2), chosen.LastTraining!.Rescaling);
    }

    [TestMethod]
    public void A_candidate_that_diverges_is_in_the_table_and_never_chosen()
    {
        using TrainedClassifier huge = WithHugeReadout();
        using TrainedClassifier chosen = FeatureTransfer.Finetune(huge, Main, RescalingChoice.From(Beyond, Back), FewEpochs);
        RescalingCandidate diverged = chosen.LastTraining!.Candidates![0];
        Assert.IsNull(diverged.ValidationLoss);
        Assert.IsFalse(diverged.IsChosen);
        Assert.AreEqual(Back, chosen.LastTraining!.Rescaling);
    }

    private static Rescaling Beyond { get; } = Rescaling.ByLayer(new Dictionary<string, float> { ["logits"] = 1000 });

    private static Rescaling Back { get; } = Rescaling.ByLayer(new Dictionary<string, float> { ["logits"] = 1e-36f });

    /// <summary>Weights of about 1e36, which one more factor makes infinite.</summary>
    private static TrainedClassifier WithHugeReadout()
    {
        TrainedClassifier classifier
            = FeatureTransfer.Pretrain(Main, new(NetworkArchitecture.SmallCnn), FewEpochs, FeatureTransfer.MainTask);
        for (int i = 0; i < 12; i++)
        {
            TrainedClassifier larger = FeatureTransfer.RescaleWeights(classifier, Beyond);
            classifier.Dispose();
            classifier = larger;
        }
        return classifier;
    }

    [TestMethod]
    public void Candidates_that_all_diverge_are_listed()
    {
        using TrainedClassifier huge = WithHugeReadout();
        Failure.Requires<InvalidOperationException>(
            "Every candidate of the rescaling diverged (logits 1000; 1000). Lower LearningRate, which is 0.05",
            () => FeatureTransfer.Finetune(huge, Main, RescalingChoice.From(Beyond, 1000), FewEpochs));
    }

    [TestMethod]
    public void Progress_counts_every_run_and_a_cancelled_token_ends_them()
    {
        using TrainedClassifier pretrained = FastTraining.Pretrained();
        var runs = new List<RescalingProgress>();
        using var cancellation = new CancellationTokenSource();
        RescalingChoice choice = RescalingChoice.From(.5f, 1) with
        {
            Folds = 2, MaxDegreeOfParallelism = 1, Progress = new Listener<RescalingProgress>(runs.Add),
        };
        FeatureTransfer.Finetune(pretrained, Main, choice, FewEpochs).Dispose();
        CollectionAssert.AreEqual(new[] { 1, 2, 3, 4 }, runs.Select(run => run.CompletedRuns).ToArray());
        TrainingCanceledException stopped = Assert.ThrowsExactly<TrainingCanceledException>(
            () => FeatureTransfer.Finetune(pretrained, Main,
                choice with { Progress = new Listener<RescalingProgress>(_ => cancellation.Cancel()) },
                FewEpochs with { CancellationToken = cancellation.Token }));
        Assert.IsEmpty(stopped.History.Epochs);
    }

    [TestMethod]
    public void Options_out_of_range_are_named()
    {
        Failure.Requires<ArgumentException>("There is no candidate", () => RescalingChoice.From());
        Failure.Requires<ArgumentException>("The candidate 0.5 is given twice", () => RescalingChoice.From(.5f, .5f));
        using TrainedClassifier pretrained = FastTraining.Pretrained();
        Failure.Requires<ArgumentOutOfRangeException>("RescalingChoice.Folds is 1",
            () => FeatureTransfer.Finetune(pretrained, Main, RescalingChoice.PaperFactors with { Folds = 1 }, FewEpochs));
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => FeatureTransfer.Finetune(pretrained, Main,
            RescalingChoice.From(Rescaling.None, Rescaling.ByLayer(new Dictionary<string, float> { ["layer9"] = 1 })), FewEpochs)).Message,
                "Rescaling names the layer 'layer9'");
    }

    [TestMethod]
    public void The_table_is_kept_in_the_file()
    {
        using TrainedClassifier huge = WithHugeReadout();
        using TrainedClassifier chosen = FeatureTransfer.Finetune(huge, Main, RescalingChoice.From(Beyond, Back), FewEpochs);
        using var folder = new TemporaryFolder();
        string path = folder.PathOf("model.safetensors");
        chosen.Save(path);
        using TrainedClassifier loaded = TrainedClassifier.Load(path);
        CollectionAssert.AreEqual(chosen.LastTraining!.Candidates!.ToArray(), loaded.LastTraining!.Candidates!.ToArray());
    }
}
