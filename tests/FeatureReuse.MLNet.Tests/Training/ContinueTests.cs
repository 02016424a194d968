using Microsoft.ML;
using Microsoft.ML.Data;

namespace FeatureReuse.MLNet.Tests.Training;

[TestClass]
public sealed class ContinueTests
{
    private static readonly MLContext Ml = new(seed: 1);

    [TestMethod]
    public void A_loaded_model_learns_new_classes_and_evaluates_on_all()
    {
        using var folder = new TemporaryFolder();
        string path = folder.PathOf("model.safetensors");
        using (NetworkTransformer two = FastTraining.Pretrained(Ml, classes: 2))
            two.Save(path);
        using NetworkTransformer loaded = NetworkTransformer.Load(path);
        IDataView four = LabelledRow.View(Ml, 120, classes: 4, seed: 5);
        using NetworkTransformer more = Ml.FeatureReuse.ContinueTraining(loaded,
            new() { Training = FastTraining.Options with { MaximumEpochs = 30 } }).Fit(four);
        CollectionAssert.AreEqual(new[] { "class 0", "class 1", "class 2", "class 3" }, more.ClassNames.ToArray());
        Assert.IsGreaterThan(.9, Ml.MulticlassClassification.Evaluate(more.Transform(four)).MicroAccuracy);
        Assert.AreEqual(TrainingKind.ContinuedTraining, more.LastTraining!.Kind);
        Assert.AreEqual(2, loaded.ClassNames.Count, "the model that was continued stays as it was");
    }

    [TestMethod]
    public void Classes_that_only_the_model_knows_come_last()
    {
        using NetworkTransformer three = FastTraining.Pretrained(Ml);
        IDataView rows = Ml.Data.LoadFromEnumerable(LabelledRow.Make(40, classes: 2)
            .Select(row => new LabelledRow { Image = row.Image, Pixels = row.Pixels, Label = row.Label == "class 0" ? "new" : "class 1" }));
        IDataView keyed = Ml.Transforms.Conversion.MapValueToKey("Label").Fit(rows).Transform(rows);
        using NetworkTransformer more = Ml.FeatureReuse.ContinueTraining(three, new() { Training = FastTraining.Options }).Fit(keyed);
        CollectionAssert.AreEqual(new[] { "new", "class 1", "class 0", "class 2" }, more.ClassNames.ToArray());
        Ml.MulticlassClassification.Evaluate(more.Transform(keyed));
    }

    [TestMethod]
    public void Labels_of_another_type_are_refused()
    {
        using NetworkTransformer text = FastTraining.Pretrained(Ml);
        IDataView rows = Ml.Data.LoadFromEnumerable(LabelledRow.Make(40));
        IDataView numbered = Ml.Transforms.Conversion.MapValueToKey("Label", "Number").Fit(rows).Transform(rows);
        Failure.Requires<InvalidDataException>("Int32; the network was trained with labels of type Text",
            () => Ml.FeatureReuse.ContinueTraining(text, new() { Training = FastTraining.Options }).Fit(numbered));
    }

    [TestMethod]
    public void Calibrating_lowers_the_calibration_error_on_rows_not_seen()
    {
        using NetworkTransformer model
            = Ml.FeatureReuse.Pretrain(FastTraining.Pretraining with { Training = FastTraining.Options with { MaximumEpochs = 40,
            LossThreshold = 0 } }).Fit(Noisy(90, 1));
        using NetworkTransformer calibrated = Ml.FeatureReuse.Calibrate(model).Fit(Noisy(300, 2));
        IDataView test = Noisy(600, 3);
        ClassificationMetrics before = Ml.FeatureReuse.EvaluateClasses(model.Transform(test));
        ClassificationMetrics after = Ml.FeatureReuse.EvaluateClasses(calibrated.Transform(test));
        TensorAssert.IsBelow(before.ExpectedCalibrationError, after.ExpectedCalibrationError);
        Assert.AreEqual(before.Accuracy, after.Accuracy);
        // ML.NET's own numbers are the same.
        MulticlassClassificationMetrics theirs = Ml.MulticlassClassification.Evaluate(calibrated.Transform(test));
        Assert.AreEqual(theirs.MicroAccuracy, after.Accuracy, 1e-12);
        Assert.AreEqual(theirs.LogLoss, after.LogLoss, 1e-6);
        CollectionAssert.AreEqual(theirs.ConfusionMatrix.PerClassRecall.ToArray(), after.Classes.Select(one => one.Recall).ToArray());

        // A quarter of the labels is wrong, which a network that learns them by heart is too sure about.
        static IDataView Noisy(int count, int seed)
        {
            var random = new Random(seed);
            LabelledRow[] rows = LabelledRow.Make(count, seed: seed);
            foreach (LabelledRow row in rows.Where(_ => random.Next(4) == 0))
                row.Label = $"class {random.Next(3)}";
            IDataView data = Ml.Data.LoadFromEnumerable(rows);
            IDataView keys = Ml.Data.LoadFromEnumerable(LabelledRow.Make(3));
            return Ml.Transforms.Conversion.MapValueToKey("Label").Fit(keys).Transform(data);
        }
    }

    [TestMethod]
    public void Evaluating_names_what_is_wrong()
    {
        using NetworkTransformer model = FastTraining.Pretrained(Ml);
        IDataView scored = model.Transform(LabelledRow.View(Ml, 20));
        Failure.Requires<InvalidDataException>("Column 'Number' is Int32; the label must be a key",
            () => Ml.FeatureReuse.EvaluateClasses(scored, "Number"));
        Failure.Requires<InvalidDataException>("There is no column 'Nothing'",
            () => Ml.FeatureReuse.EvaluateClasses(scored, scoreColumnName: "Nothing"));
        Failure.Requires<InvalidDataException>("Column 'Number' is Int32; scores must be Vector<Single>",
            () => Ml.FeatureReuse.EvaluateClasses(scored, scoreColumnName: "Number"));
        Failure.Requires<ArgumentOutOfRangeException>("bins is 0; it must lie between 1 and 1000.",
            () => Ml.FeatureReuse.EvaluateClasses(scored, bins: 0));
    }

    [TestMethod]
    public void Classes_that_are_numbers_are_named_by_them()
    {
        LabelledRow[] rows = LabelledRow.Make(20, classes: 2);
        foreach (LabelledRow row in rows)
            row.Number = row.Number % 2 == 0 ? 7 : 3;
        IDataView data = Ml.Data.LoadFromEnumerable(rows);
        data = Ml.Transforms.Conversion.MapValueToKey("Number").Fit(data).Transform(data);
        using NetworkTransformer model = Ml.FeatureReuse.Pretrain(FastTraining.Pretraining with { LabelColumnName = "Number" }).Fit(data);
        ClassificationMetrics metrics = Ml.FeatureReuse.EvaluateClasses(model.Transform(data), "Number");
        CollectionAssert.AreEqual(new[] { "7", "3" }, metrics.Classes.Select(one => one.Name).ToArray());
    }

    [TestMethod]
    public void A_learning_rate_is_found_for_finetuning()
    {
        using NetworkTransformer pretrained = FastTraining.Pretrained(Ml);
        LearningRateSearch search = Ml.FeatureReuse.Finetune(pretrained,
            new() { Rescaling = RescalingChoice.PaperFactors, Training = FastTraining.Options }).FindLearningRate(LabelledRow.View(Ml, 40,
            classes: 2), steps: 50);
        Assert.IsTrue(search.Suggested is > 1e-6 and < 10, $"suggested {search.Suggested}");
        Assert.IsGreaterThan(20, search.Points.Count);
    }
}
