using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FeatureReuse.Tests.Training;

/// <summary>
/// Label smoothing, averaged weights, gradient clipping, brain floats, the range test, calibration and the metrics by class.
/// </summary>
[TestClass]
public sealed class TechniqueTests
{
    private static readonly TrainingOptions FewEpochs = FastTraining.SixEpochs;

    /// <summary>The definition, written out: the target is (1 - s) at the label plus s / K everywhere.</summary>
    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Smoothed_labels_are_those_of_the_definition(bool weighted)
    {
        const double Smoothing = .3;
        using DisposeScope scope = NewDisposeScope();
        Tensor logits = randn([8, 4], dtype: ScalarType.Float64);
        long[] targets = [0, 1, 2, 3, 0, 0, 1, 3];
        double[] weights = weighted ? [1, 2, 3, .5] : [1, 1, 1, 1];
        double[] logs = [.. logits.log_softmax(1).contiguous().data<double>()];
        double sum = 0;
        double total = 0;
        for (int row = 0; row < 8; row++)
        {
            for (int c = 0; c < 4; c++)
                sum -= ((c == targets[row] ? 1 - Smoothing : 0) + Smoothing / 4) * weights[c] * logs[row * 4 + c];
            total += weights[targets[row]];
        }
        Tensor actual = Objective.Loss(logits, tensor(targets), weighted ? tensor(weights) : null, Smoothing, new(logits, 1, null));
        Assert.AreEqual(sum / total, actual.ToDouble(), 1e-12);
    }

    [TestMethod]
    public void Smoothing_keeps_probabilities_from_becoming_sure()
    {
        using TrainedClassifier plain = FastTraining.Train(FewEpochs with { MaximumEpochs = 20 });
        using TrainedClassifier smooth =
            FastTraining.Train(FewEpochs with { MaximumEpochs = 20, Regularization = new() { LabelSmoothing = .2 } });
        double Sureness(TrainedClassifier model)
            => Scoring.LogProbabilities(model.Network, model.Head, Images.Learnable(50)).Average(row => Math.Exp(row.Max()));
        Assert.IsGreaterThan(Sureness(smooth) + .05, Sureness(plain));
    }

    /// <summary>One epoch of known steps: the average is the one computed from the weights of runs that end at each step.</summary>
    [TestMethod]
    public void Averaged_weights_follow_the_rule()
    {
        TrainingOptions options = FewEpochs with { BatchSize = 50, Regularization = new() { L2SP = 0 } };
        Dictionary<string, double[]> average = [];
        foreach (int steps in new[] { 0, 1, 2, 3 })
        {
            // Steps of whole batches, with weights that do not depend on how many follow.
            using TrainedClassifier after = steps == 0 ? Untrained() : FastTraining.Train(options with { MaximumEpochs = steps });
            double share = Math.Min(.9, (1.0 + steps) / (10 + steps));
            foreach ((string name, Tensor value) in after.Network.state_dict().Where(entry => entry.Value.is_floating_point()))
            {
                double[] now = TensorAssert.Values(value);
                average[name] = steps == 0 ? now : [.. average[name].Zip(now, (kept, fresh) => share * kept + (1 - share) * fresh)];
            }
        }
        using TrainedClassifier averaged = FastTraining.Train(options with { MaximumEpochs = 3, Regularization = new() { EmaDecay = .9 } });
        foreach ((string name, double[] expected) in average)
            TensorAssert.AreClose(expected, TensorAssert.Values(averaged.Network.state_dict()[name]), rtol: 1e-4, atol: 1e-6, name);

        static TrainedClassifier Untrained()
        {
            var images = Images.Learnable(50);
            ImageClassifier network = NetworkArchitecture.SmallCnn.Build(images.Shape, InputNormalization.Symmetric,
                [new(FeatureTransfer.AuxiliaryTask, images.ClassNames, 0)], seed: 1);
            return new TrainedClassifier(network, network.Heads[0], []);
        }
    }

    [TestMethod]
    public void A_step_is_no_longer_than_the_clipped_gradient()
    {
        // One step of plain SGD: the change is the learning rate times the gradient.
        TrainingOptions one = FewEpochs with { MaximumEpochs = 1, BatchSize = 50, Momentum = 0, LearningRate = 1,
            Regularization = new() { GradientClipNorm = .01 } };
        double Change(TrainingOptions options)
        {
            using TrainedClassifier after = FastTraining.Train(options);
            using ImageClassifier before = NetworkArchitecture.SmallCnn.Build(Images.Shape, InputNormalization.Symmetric,
                after.Network.Heads, seed: 1);
            return Math.Sqrt(before.parameters().Zip(after.Network.parameters())
                .Sum(pair => TensorAssert.Values(pair.First).Zip(TensorAssert.Values(pair.Second), (x, y) => (x - y) * (x - y)).Sum()));
        }
        Assert.AreEqual(.01, Change(one), 1e-4, "a long gradient is shortened to the norm");
        Assert.IsGreaterThan(.1, Change(one with { Regularization = new() { GradientClipNorm = null } }));
    }

    [TestMethod]
    public void Training_in_brain_floats_learns_as_well_and_keeps_weights_of_32_bits()
    {
        using TrainedClassifier reduced = FastTraining.Train(FewEpochs with { Precision = Precision.BFloat16 });
        using TrainedClassifier full = FastTraining.Train(FewEpochs);
        Assert.IsTrue(reduced.Network.parameters().All(parameter => parameter.dtype == ScalarType.Float32));
        double own = reduced.LastTraining!.History.Epochs[^1].Loss;
        Assert.AreEqual(full.LastTraining!.History.Epochs[^1].Loss, own, .1,
            "loss after six epochs; brain floats have 8 bits of precision");
        Assert.AreNotEqual(full.LastTraining!.History.Epochs[^1].Loss, own);
        Assert.IsGreaterThan(.9, reduced.LastTraining!.History.Epochs[^1].Accuracy);
        // Running statistics come back from the copy: in evaluation it classifies as well.
        Assert.IsGreaterThan(.8, Confusion.From(reduced, Images.Learnable(60, seed: 4)).Counts.Select((row, c) => row[c]).Sum() / 60.0);
    }

    /// <summary>In a network whose layers lie within another module, which passes its mode on to them.</summary>
    [TestMethod]
    public void A_frozen_layer_rests_in_brain_floats_too()
    {
        NetworkArchitecture nested = NetworkArchitecture.Create("NestedLayers", new()
        {
            CreateModule = (shape, logits) => nn.Sequential(
                ("first", nn.Sequential(nn.Conv2d(shape.Channels, 4, 3, stride: 2, bias: false), nn.BatchNorm2d(4), nn.ReLU())),
                ("second", nn.Sequential(nn.Flatten(), nn.Linear(4 * 3 * 3, 8))),
                ("head", nn.Linear(8, logits))),
            LayerNames = ["first", "second"],
            HeadName = "head",
        });
        using TrainedClassifier pretrained = FeatureTransfer.Pretrain(Images.Learnable(50), new(nested), FewEpochs);
        using TrainedClassifier finetuned = FeatureTransfer.Finetune(pretrained, Images.Learnable(40, classes: 2, seed: 2), Rescaling.None,
            FewEpochs with { Precision = Precision.BFloat16, LayerLearningRateFactors = new Dictionary<string, double> { ["first"] = 0 } });
        foreach ((string name, Tensor before) in pretrained.Network.state_dict()
            .Where(entry => entry.Key.StartsWith("network.first.", StringComparison.Ordinal)))
        {
            TensorAssert.AreClose(before, finetuned.Network.state_dict()[name], rtol: 0, atol: 0, name);
        }
    }

    [TestMethod]
    public void The_range_test_rises_by_equal_factors_and_suggests_a_rate_that_learns()
    {
        var images = Images.Learnable(60);
        LearningRateSearch search = LearningRateSearch.Run(how => FeatureTransfer.Pretrain(images, new(NetworkArchitecture.SmallCnn), how),
            FewEpochs, steps: 60);
        double factor = search.Points[1].LearningRate / search.Points[0].LearningRate;
        Assert.AreEqual(1e-7, search.Points[0].LearningRate, 1e-12);
        Assert.AreEqual(Math.Pow(1e8, 1 / 59.0), factor, 1e-6);
        Assert.AreEqual(factor, search.Points[^1].LearningRate / search.Points[^2].LearningRate, 1e-6);
        Assert.IsTrue(search.Suggested is > 1e-4 and < 1, $"suggested {search.Suggested}");
        using TrainedClassifier trained = FastTraining.Train(FewEpochs with { LearningRate = search.Suggested });
        TensorAssert.IsBelow(trained.LastTraining!.History.Epochs[0].Loss, trained.LastTraining!.History.Epochs[^1].Loss);
    }

    [TestMethod]
    public void Metrics_by_class_are_those_counted_by_hand()
    {
        float[][] probabilities = [[.9f, .1f], [.6f, .4f], [.2f, .8f], [.7f, .3f]];
        var metrics = ClassificationMetrics.From(probabilities, [0, 1, 1, 0], ["a", "b"], bins: 10);
        Assert.AreEqual(.75, metrics.Accuracy);
        Assert.AreEqual((2, 2.0 / 3, 1.0), (metrics.Classes[0].Count, metrics.Classes[0].Precision, metrics.Classes[0].Recall));
        Assert.AreEqual((2, 1.0, .5), (metrics.Classes[1].Count, metrics.Classes[1].Precision, metrics.Classes[1].Recall));
        Assert.AreEqual((.8 + 2.0 / 3) / 2, metrics.MacroF1, 1e-12);
        Assert.AreEqual(-(Math.Log(.9) + Math.Log(.4) + Math.Log(.8) + Math.Log(.7)) / 4, metrics.LogLoss, 1e-7);
        // Bins .9, .6, .8 and .7 hold one image each: |.9 - 1|, |.6 - 0|, |.8 - 1|, |.7 - 1|.
        Assert.AreEqual((.1 + .6 + .2 + .3) / 4, metrics.ExpectedCalibrationError, 1e-7);
        Assert.ThrowsExactly<ArgumentException>(() => ClassificationMetrics.From(probabilities, [0, 1, 2, 0], ["a", "b"]));
    }

    [TestMethod]
    public void Every_epoch_tells_the_metrics_of_its_classes()
    {
        List<EpochMetrics> epochs = [];
        var listener = new Listener<TrainingProgress>(progress =>
        {
            if (progress.CompletedEpoch is { } epoch)
                epochs.Add(epoch);
        });
        using TrainedClassifier trained =
            FastTraining.Train(FewEpochs with { EarlyStopping = new() { ValidationFraction = .3 }, Progress = listener });
        Assert.HasCount(6, epochs);
        foreach (EpochMetrics epoch in epochs)
        {
            Assert.AreEqual(epoch.ValidationLoss, epoch.Validation!.LogLoss);
            Assert.AreEqual(epoch.ValidationAccuracy!.Value,
                epoch.Validation.Classes.Sum(one => one.Recall * one.Count) / epoch.Validation.Count, 1e-12);
        }
        Assert.IsNull(trained.LastTraining!.Options.Progress, "a listener must not live as long as the model");
    }

    /// <summary>
    /// Logits that were made too sure by a known factor: the factor is found, and the loss of true probabilities reached.
    /// </summary>
    [TestMethod]
    public void The_temperature_is_the_one_that_the_logits_were_multiplied_by()
    {
        var random = new Random(1);
        const double Factor = 3;
        List<float[]> logits = [];
        List<int> labels = [];
        for (int row = 0; row < 5000; row++)
        {
            double[] truth = [random.NextDouble() * 4, random.NextDouble() * 4, random.NextDouble() * 4];
            double total = truth.Sum(Math.Exp);
            double draw = random.NextDouble() * total;
            labels.Add(draw < Math.Exp(truth[0]) ? 0 : draw < Math.Exp(truth[0]) + Math.Exp(truth[1]) ? 1 : 2);
            logits.Add([.. truth.Select(value => (float)(value * Factor))]);
        }
        Assert.AreEqual(Factor, TemperatureScaling.Fit([.. logits], [.. labels]), .15, "standard error about .04 with 5,000 rows");
    }

    [TestMethod]
    public void Calibrating_lowers_the_loss_and_changes_no_prediction()
    {
        using TrainedClassifier sure = FastTraining.Train(FewEpochs with { MaximumEpochs = 40 });
        var held = Images.Learnable(300, seed: 7);
        using TrainedClassifier calibrated = FeatureTransfer.Calibrate(sure, held);
        float[][] before = [.. Scoring.LogProbabilities(sure.Network, sure.Head, held)];
        float[][] after = [.. Scoring.LogProbabilities(calibrated.Network, calibrated.Head, held)];
        int[] labels = held.Labels.ToArray();
        double Loss(float[][] logs) => -logs.Zip(labels, (row, label) => row[label]).Average();
        TensorAssert.IsAtMost(Loss(before), Loss(after));
        CollectionAssert.AreEqual(before.Select(row => Array.IndexOf(row, row.Max())).ToArray(),
            after.Select(row => Array.IndexOf(row, row.Max())).ToArray());
        Assert.AreNotEqual(1, calibrated.Runs.OfType<CalibrationRun>().Single().Temperature, 1e-6);
    }

    [TestMethod]
    public void Training_on_keeps_what_is_known_and_grows_the_head()
    {
        using TrainedClassifier three = FastTraining.Train(FewEpochs with { MaximumEpochs = 20 }, Images.Learnable(60));
        var five = Images.Learnable(100, classes: 5, seed: 3);
        using ImageClassifier grown = three.Network.CopyWithHead(three.Head.Name, ["class 4", "class 2", "class 0", "class 1"], seed: 9);
        using (DisposeScope scope = NewDisposeScope())
        {
            Tensor before = three.Network.Readout.weight!;
            Tensor after = grown.Readout.weight!;
            foreach ((int from, int to) in new[] { (2, 1), (0, 2), (1, 3) })
                TensorAssert.AreClose(before.narrow(0, from, 1), after.narrow(0, to, 1), rtol: 0, atol: 0, $"class {from}");
        }
        using TrainedClassifier more = FeatureTransfer.ContinueTraining(three, five, FewEpochs with { MaximumEpochs = 30 });
        CollectionAssert.AreEqual(five.ClassNames.ToArray(), more.Head.ClassNames.ToArray());
        Assert.AreEqual(TrainingKind.ContinuedTraining, more.LastTraining!.Kind);
        Assert.IsGreaterThan(.9, more.LastTraining!.History.Epochs[^1].Accuracy);
        // Images of two classes only: the third stays at the end of the head.
        using TrainedClassifier fewer = FeatureTransfer.ContinueTraining(three, Images.Learnable(40, classes: 2, seed: 4), FewEpochs);
        CollectionAssert.AreEqual(new[] { "class 0", "class 1", "class 2" }, fewer.Head.ClassNames.ToArray());
    }
}
