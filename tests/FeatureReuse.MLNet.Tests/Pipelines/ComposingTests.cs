using Microsoft.ML;
using Microsoft.ML.Data;

namespace FeatureReuse.MLNet.Tests.Pipelines;

/// <summary>Features of a network among ML.NET's own transforms, trainers and evaluators.</summary>
[TestClass]
public sealed class ComposingTests
{
    private readonly MLContext _ml = new(seed: 1);

    private sealed class SizedRow
    {
        [VectorType(3, 8, 8)]
        public byte[] Image { get; set; } = [];

        public float Brightness { get; set; }

        [ColumnName("Label")]
        public float Size { get; set; }
    }

    private sealed class BinaryScores
    {
        public float[] Score { get; set; } = [];

        public uint Label { get; set; }
    }

    private sealed class BinaryRow
    {
        public bool Label { get; set; }

        public float Score { get; set; }

        public float Probability { get; set; }

        public bool PredictedLabel { get; set; }
    }

    [TestMethod]
    public void Features_and_other_columns_feed_a_regression()
    {
        LabelledRow[] images = LabelledRow.Make(200);
        IDataView rows = _ml.Data.LoadFromEnumerable(images.Select(row => new SizedRow
        {
            Image = row.Image,
            Brightness = (float)row.Image.Average(value => value),
            Size = 3 * (row.Number % 3),
        }).ToArray());
        using NetworkTransformer pretrained = FastTraining.Pretrained(_ml);
        var pipeline = _ml.FeatureReuse.ExtractFeatures(pretrained, "Deep")
            .Append(_ml.Transforms.NormalizeMeanVariance("Deep"))
            .Append(_ml.Transforms.NormalizeMinMax("Brightness"))
            .Append(_ml.Transforms.Concatenate("Features", "Deep", "Brightness"))
            .AppendCacheCheckpoint(_ml)
            .Append(_ml.Regression.Trainers.Sdca(l2Regularization: .01f, l1Regularization: 0));
        DataOperationsCatalog.TrainTestData split = _ml.Data.TrainTestSplit(rows, .3);
        using var model = pipeline.Fit(split.TrainSet);
        RegressionMetrics metrics = _ml.Regression.Evaluate(model.Transform(split.TestSet));
        Assert.IsGreaterThan(.8, metrics.RSquared);
    }

    [TestMethod]
    public void Two_classes_are_evaluated_as_a_binary_task()
    {
        using NetworkTransformer pretrained = FastTraining.Pretrained(_ml);
        IDataView main = LabelledRow.View(_ml, 80, classes: 2, seed: 5);
        using NetworkTransformer model = _ml.FeatureReuse.Finetune(pretrained, new() { Training = FastTraining.Options }).Fit(main);
        IDataView scored = _ml.Data.LoadFromEnumerable(_ml.Data.CreateEnumerable<BinaryScores>(model.Transform(main), reuseRowObject: false)
            .Select(row => new BinaryRow
        {
            Label = row.Label == 2,
            Probability = row.Score[1],
            Score = MathF.Log(row.Score[1] / row.Score[0]),
            PredictedLabel = row.Score[1] > row.Score[0],
        }).ToArray());
        CalibratedBinaryClassificationMetrics binary = _ml.BinaryClassification.Evaluate(scored);
        MulticlassClassificationMetrics multiclass = _ml.MulticlassClassification.Evaluate(model.Transform(main));
        Assert.AreEqual(multiclass.MicroAccuracy, binary.Accuracy, 1e-9);
        Assert.AreEqual(multiclass.LogLoss, binary.LogLoss * Math.Log(2), 1e-4, "ML.NET gives the binary loss in bits");
        Assert.IsGreaterThan(.9, binary.AreaUnderRocCurve);
    }

    [TestMethod]
    public void A_cached_view_trains_the_same_network()
    {
        IDataView rows = LabelledRow.View(_ml, 60);
        using NetworkTransformer direct = _ml.FeatureReuse.Pretrain(FastTraining.Pretraining).Fit(rows);
        using NetworkTransformer cached = _ml.FeatureReuse.Pretrain(FastTraining.Pretraining).Fit(_ml.Data.Cache(rows));
        CollectionAssert.AreEqual(direct.Transform(rows).NumbersOf(), cached.Transform(rows).NumbersOf());
    }
}
