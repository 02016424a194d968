using Microsoft.ML;
using Microsoft.ML.Data;

namespace FeatureReuse.MLNet.Tests.Training;

[TestClass]
public sealed class EstimatorTests : IDisposable
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private double AccuracyOf(ITransformer model, IDataView test)
        => _ml.MulticlassClassification.Evaluate(model.Transform(test)).MicroAccuracy;

    [TestMethod]
    public void A_chain_from_text_labels_to_text_predictions()
    {
        IDataView rows = _ml.Data.LoadFromEnumerable(LabelledRow.Make(120));
        DataOperationsCatalog.TrainTestData split = _ml.Data.TrainTestSplit(rows, .3);
        var pipeline = _ml.Transforms.Conversion.MapValueToKey("Label")
            .AppendCacheCheckpoint(_ml)
            .Append(_ml.FeatureReuse.Pretrain(FastTraining.Pretraining))
            .Append(_ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
        using var model = pipeline.Fit(split.TrainSet);
        IDataView scored = model.Transform(split.TestSet);
        MulticlassClassificationMetrics metrics = _ml.MulticlassClassification.Evaluate(scored);
        Assert.IsGreaterThan(.9, metrics.MicroAccuracy);
        TensorAssert.IsBelow(.5, metrics.LogLoss);
        Assert.AreEqual(3, metrics.ConfusionMatrix.NumberOfClasses);
        StringAssert.Contains(metrics.ConfusionMatrix.GetFormattedConfusionTable(), "class 2");
        VBuffer<ReadOnlyMemory<char>> slotNames = default;
        scored.Schema["Score"].GetSlotNames(ref slotNames);
        foreach (ScoredRow row in _ml.Data.CreateEnumerable<ScoredRow>(scored, reuseRowObject: false))
        {
            Assert.AreEqual(1, row.Score.Sum(), 1e-5);
            Assert.AreEqual(slotNames.GetItemOrDefault(Array.IndexOf(row.Score, row.Score.Max())).ToString(), row.PredictedLabel);
        }
    }

    [TestMethod]
    public void Cross_validation_finetunes_on_every_fold()
    {
        using NetworkTransformer pretrained = FastTraining.Pretrained(_ml);
        IDataView main = LabelledRow.View(_ml, 90, classes: 2, seed: 5);
        var folds = _ml.MulticlassClassification.CrossValidate(main,
            _ml.FeatureReuse.Finetune(pretrained, new() { Training = FastTraining.Options }), numberOfFolds: 3);
        Assert.HasCount(3, folds);
        foreach (var fold in folds)
        {
            Assert.IsGreaterThan(.8, fold.Metrics.MicroAccuracy);
            ((IDisposable)fold.Model).Dispose();
        }
    }

    [TestMethod]
    [DataRow(TaskMixing.AlternatingEpochs)]
    [DataRow(TaskMixing.MixedBatches)]
    public void Multi_task_training_takes_the_auxiliary_rows_from_the_options(TaskMixing mixing)
    {
        IDataView main = LabelledRow.View(_ml, 30, classes: 2, seed: 5);
        MultiTaskOptions options = new()
        {
            Auxiliary = LabelledRow.View(_ml, 60, classes: 3), Architecture = NetworkArchitecture.SmallCnn,
                TaskMixing = new() { Order = mixing }, Training = FastTraining.Options with { MaximumEpochs = 20 },
        };
        using NetworkTransformer model = _ml.FeatureReuse.TrainMultiTask(options).Fit(main);
        CollectionAssert.AreEqual(new[] { "class 0", "class 1" }, model.ClassNames.ToArray());
        Assert.IsGreaterThan(.8, AccuracyOf(model, LabelledRow.View(_ml, 60, classes: 2, seed: 6)));
        Failure.Requires<InvalidDataException>("There is no column 'Class'",
            () => _ml.FeatureReuse.TrainMultiTask(options with { AuxiliaryLabelColumnName = "Class" }).Fit(main));
    }

    [TestMethod]
    public void A_report_is_one_call_and_its_labels_may_stand_in_another_order()
    {
        using NetworkTransformer pretrained = FastTraining.Pretrained(_ml);
        using NetworkTransformer model = _ml.FeatureReuse.Finetune(pretrained,
            new() { Rescaling = RescalingChoice.From(.5f, 1) with { Folds = 2 }, Training = FastTraining.Options })
            .Fit(LabelledRow.View(_ml, 60, classes: 2, seed: 5));
        string path = _folder.PathOf("report.html");
        // Behind a skipped row the key of the other class comes first.
        IDataView test = _ml.Transforms.Conversion.MapValueToKey("Label")
            .Fit(_ml.Data.LoadFromEnumerable(LabelledRow.Make(61, 2, 6).Skip(1)))
            .Transform(_ml.Data.LoadFromEnumerable(LabelledRow.Make(61, 2, 6).Skip(1)));
        _ml.FeatureReuse.SaveReport(path, model, test, new() { Pretrained = pretrained });
        string html = File.ReadAllText(path);
        StringAssert.Contains(html, "<section id=\"signatures\">");
        StringAssert.Contains(html, "<section id=\"candidates\">");
        int right = int.Parse(System.Text.RegularExpressions.Regex.Match(html, "([0-9]+) of 60 test images").Groups[1].Value,
            System.Globalization.CultureInfo.InvariantCulture);
        Assert.IsGreaterThan(50, right);
    }

    [TestMethod]
    public void A_saved_transformer_scores_the_same_bits_and_finetunes_on()
    {
        using NetworkTransformer saved = FastTraining.Pretrained(_ml);
        string path = _folder.PathOf("transformer.safetensors");
        saved.Save(path);
        using NetworkTransformer loaded = NetworkTransformer.Load(path);
        IDataView rows = LabelledRow.View(_ml, 20, classes: 3, seed: 7);
        CollectionAssert.AreEqual(saved.Transform(rows).NumbersOf(), loaded.Transform(rows).NumbersOf());
        CollectionAssert.AreEqual(saved.ClassNames.ToArray(), loaded.ClassNames.ToArray());
        using NetworkTransformer finetuned = _ml.FeatureReuse.Finetune(loaded, new() { Training = FastTraining.Options })
            .Fit(LabelledRow.View(_ml, 30, classes: 2, seed: 5));
        Assert.HasCount(2, finetuned.Runs);
    }

    [TestMethod]
    public void Comparing_layers_reads_images_without_labels()
    {
        using NetworkTransformer pretrained = FastTraining.Pretrained(_ml);
        IDataView main = LabelledRow.View(_ml, 60, classes: 2, seed: 5);
        using NetworkTransformer finetuned = _ml.FeatureReuse.Finetune(pretrained,
            new() { Rescaling = .5f, Training = FastTraining.Options }).Fit(main);
        IReadOnlyList<LayerSignature> signatures = _ml.FeatureReuse.CompareLayers(pretrained, finetuned,
            _ml.Data.LoadFromEnumerable(LabelledRow.Make(60, classes: 2, seed: 5).Select(row => new UnlabelledRow { Image = row.Image })));
        CollectionAssert.AreEqual(finetuned.LayerNames.ToArray(), signatures.Select(signature => signature.LayerName).ToArray());
        Assert.IsTrue(signatures.All(signature => signature.SharedFraction is > 0 and < 1.01));
    }

    [TestMethod]
    public void Probing_by_our_readout_and_by_a_trainer_of_ML_NET()
    {
        using NetworkTransformer pretrained = FastTraining.Pretrained(_ml);
        IDataView main = LabelledRow.View(_ml, 60, classes: 2, seed: 5);
        IDataView test = LabelledRow.View(_ml, 60, classes: 2, seed: 6);
        using NetworkTransformer probe = _ml.FeatureReuse.LinearProbe(pretrained).Fit(main);
        Assert.IsGreaterThan(.8, AccuracyOf(probe, test));

        var chain = _ml.FeatureReuse.ExtractFeatures(pretrained).Append(_ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy());
        Assert.IsGreaterThan(.8, AccuracyOf(chain.Fit(main), test));
    }

    [TestMethod]
    public void The_context_gives_the_seed_and_the_option_overrides_it()
    {
        IDataView rows = LabelledRow.View(_ml, 60);
        using NetworkTransformer first = _ml.FeatureReuse.Pretrain(FastTraining.Pretraining).Fit(rows);
        using NetworkTransformer second = new MLContext(seed: 1).FeatureReuse.Pretrain(FastTraining.Pretraining).Fit(rows);
        using NetworkTransformer other
            = _ml.FeatureReuse.Pretrain(FastTraining.Pretraining with { Training = FastTraining.Options with { Seed = 7 } }).Fit(rows);
        using NetworkTransformer unseeded = new MLContext().FeatureReuse.Pretrain(FastTraining.Pretraining).Fit(rows);
        CollectionAssert.AreEqual(first.Transform(rows).NumbersOf(), second.Transform(rows).NumbersOf());
        CollectionAssert.AreNotEqual(first.Transform(rows).NumbersOf(), other.Transform(rows).NumbersOf());
        CollectionAssert.AreNotEqual(first.Transform(rows).NumbersOf(), unseeded.Transform(rows).NumbersOf());
        Assert.AreEqual(1, first.LastTraining!.Seed);
        Assert.AreEqual(7, other.LastTraining!.Seed);
    }

    [TestMethod]
    public void Finetuning_with_a_factor_equals_rescaling_and_then_finetuning()
    {
        using NetworkTransformer pretrained = FastTraining.Pretrained(_ml);
        IDataView main = LabelledRow.View(_ml, 60, seed: 5);
        FinetuneOptions again = new() { TaskName = FeatureTransfer.AuxiliaryTask, Training = FastTraining.Options };
        using NetworkTransformer atOnce = _ml.FeatureReuse.Finetune(pretrained, again with { Rescaling = .25f }).Fit(main);
        using NetworkTransformer rescaled = _ml.FeatureReuse.RescaleWeights(pretrained, .25f).Fit(main);
        using NetworkTransformer afterwards = _ml.FeatureReuse.Finetune(rescaled, again).Fit(main);
        CollectionAssert.AreEqual(atOnce.Transform(main).NumbersOf(), afterwards.Transform(main).NumbersOf());
    }

    [TestMethod]
    public void Bytes_and_floats_train_the_same_network()
    {
        IDataView rows = LabelledRow.View(_ml, 60);
        using NetworkTransformer bytes = _ml.FeatureReuse.Pretrain(FastTraining.Pretraining).Fit(rows);
        using NetworkTransformer floats = _ml.FeatureReuse.Pretrain(FastTraining.Pretraining with { ImageColumnName = "Pixels" }).Fit(rows);
        CollectionAssert.AreEqual(bytes.Transform(rows).NumbersOf(), floats.Transform(rows).NumbersOf());
    }

    [TestMethod]
    public void A_key_never_seen_in_training_keeps_its_slot()
    {
        IDataView rows = LabelledRow.View(_ml, 60);
        IDataView twoOfThree = _ml.Data.FilterRowsByKeyColumnFraction(rows, "Label", 0, .6);
        int seen = twoOfThree.GetColumn<uint>("Label").Distinct().Count();
        Assert.AreEqual(2, seen, "the filter leaves two classes");
        using NetworkTransformer model = _ml.FeatureReuse.Pretrain(FastTraining.Pretraining).Fit(twoOfThree);
        Assert.HasCount(3, model.ClassNames);
        MulticlassClassificationMetrics metrics = _ml.MulticlassClassification.Evaluate(model.Transform(rows));
        Assert.AreEqual(3, metrics.ConfusionMatrix.NumberOfClasses);
    }

    [TestMethod]
    public void The_log_tells_every_epoch()
    {
        List<string> messages = [];
        _ml.Log += (_, log) => messages.Add(log.Message);
        using NetworkTransformer model = _ml.FeatureReuse.Pretrain(FastTraining.Pretraining).Fit(LabelledRow.View(_ml, 60));
        int epochs = model.LastTraining!.History.Epochs.Count;
        for (int epoch = 1; epoch <= epochs; epoch++)
        {
            Assert.IsTrue(messages.Any(message => message.Contains($"Epoch {epoch}: loss ", StringComparison.Ordinal)),
                $"epoch {epoch} is in the log");
        }
        Assert.IsTrue(messages.Any(message => message.Contains("on cpu", StringComparison.Ordinal)), "the log names the device");
    }

    [TestMethod]
    public void A_cancelled_run_is_an_error_that_holds_the_history()
    {
        using var source = new CancellationTokenSource();
        var training = FastTraining.Options with
        {
            LossThreshold = 0,
            CancellationToken = source.Token,
            Progress = new Listener<TrainingProgress>(progress =>
            {
                if (progress.Epoch == 3)
                    source.Cancel();
            }),
        };
        IDataView rows = LabelledRow.View(_ml, 60);
        TrainingCanceledException canceled = Assert.ThrowsExactly<TrainingCanceledException>(()
            => _ml.FeatureReuse.Pretrain(FastTraining.Pretraining with { Training = training }).Fit(rows));
        Assert.HasCount(2, canceled.History.Epochs);
        StringAssert.Contains(canceled.Message, "The training was cancelled after ");
    }

    [TestMethod]
    public void A_diverged_run_is_an_error_that_holds_the_history()
    {
        var training = FastTraining.Options with { LearningRate = 100, Regularization = new() { WeightDecay = 1 }, MaximumEpochs = 100 };
        IDataView rows = LabelledRow.View(_ml, 60);
        TrainingDivergedException diverged = Assert.ThrowsExactly<TrainingDivergedException>(()
            => _ml.FeatureReuse.Pretrain(FastTraining.Pretraining with { Training = training }).Fit(rows));
        StringAssert.Contains(diverged.Message, "The loss was not finite at step ");
        Assert.AreEqual(StopReason.Diverged, diverged.History.StopReason);
    }
}
