using FeatureReuse.MLNet.Tests.Internals;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace FeatureReuse.MLNet.Tests.Shallow;

[TestClass]
public sealed class ShallowRegressionTests
{
    private static readonly MLContext Ml = new(seed: 1);
    private static readonly TeacherPair Sparse
        = TeacherPair.CreateDiagonal(new() { Dimension = 100, AuxiliaryActive = 10, Active = 10, Seed = 2 });
    private static readonly GradientDescentOptions LooseThreshold = new() { LossThreshold = 1e-6, MaximumEpochs = 20_000, Threads = 1 };

    [TestMethod]
    public void A_pretrained_model_needs_fewer_rows()
    {
        IDataView main = Rows(TeacherTask.Main, 20);
        IDataView test = Rows(TeacherTask.Main, 500, purpose: 1);
        DiagonalLinearTransformer pretrained = Ml.Regression.Trainers.DiagonalLinear(new() { Training = LooseThreshold })
            .Fit(Rows(TeacherTask.Auxiliary, 300));
        double Error(DiagonalLinearOptions options)
        {
            var estimator = Ml.Regression.Trainers.DiagonalLinear(options with { Training = LooseThreshold });
            return Ml.Regression.Evaluate(estimator.Fit(main).Transform(test)).MeanSquaredError;
        }

        double fromScratch = Error(new());
        double finetuned = Error(new() { Pretrained = pretrained });
        double multiTask = Error(new() { AuxiliaryData = Rows(TeacherTask.Auxiliary, 300) });
        double probe = Error(new() { Pretrained = pretrained, ReadoutOnly = true });
        double limit = Error(new() { Pretrained = pretrained, Solver = DiagonalSolver.GradientFlowLimit });
        // The main teacher's mean square is 1; 20 rows of 100 coordinates leave most of it without its features.
        Assert.IsGreaterThan(.1, fromScratch);
        TensorAssert.IsBelow(.02, finetuned);
        TensorAssert.IsBelow(.02, multiTask);
        TensorAssert.IsBelow(.02, probe);
        Assert.AreEqual(finetuned, limit, .005);
    }

    [TestMethod]
    public void Coefficients_are_read_by_the_names_of_the_features()
    {
        IDataView rows = Ml.Data.LoadFromEnumerable(Enumerable.Range(0, 40).Select(i => new House(i)));
        var pipeline = Ml.Transforms.Concatenate("Features", nameof(House.Area), nameof(House.Age), nameof(House.Noise))
            .Append(Ml.Regression.Trainers.DiagonalLinear(new() { LabelColumnName = "Price", Training = LooseThreshold }));
        var model = pipeline.Fit(rows);
        CollectionAssert.AreEqual(new[] { "Area", "Age", "Noise" }, model.LastTransformer.FeatureNames.ToArray());
        (string name, float coefficient) = model.LastTransformer.RankedFeatures[0];
        Assert.AreEqual("Area", name);
        Assert.AreEqual(2f, coefficient, .01f);
        Assert.AreEqual(0f, model.LastTransformer.RankedFeatures[^1].Coefficient, .01f);

        using PredictionEngine<House, Estimate> engine = Ml.Model.CreatePredictionEngine<House, Estimate>(model);
        var house = new House(7);
        Assert.AreEqual(house.Price, engine.Predict(house).Score, .01f);
    }

    [TestMethod]
    public void Both_networks_evaluate_cross_validate_and_predict()
    {
        IDataView rows = Rows(TeacherTask.Main, 200);
        foreach (IEstimator<ITransformer> estimator in new IEstimator<ITransformer>[]
        {
            Ml.Regression.Trainers.DiagonalLinear(new() { Training = LooseThreshold }),
            Ml.Regression.Trainers.TwoLayerRelu(new() { HiddenUnits = 100, InitialScale = .3,
                Training = LooseThreshold with { BatchSize = 64, MaximumEpochs = 1500, LearningRate = .1 } }),
        })
        {
            var folds = Ml.Regression.CrossValidate(rows, estimator, numberOfFolds: 3);
            Assert.HasCount(3, folds);
            Assert.IsTrue(folds.All(fold => fold.Metrics.MeanSquaredError < .8),
                "The labels' mean square is 1: " + string.Join(", ", folds.Select(fold => fold.Metrics.MeanSquaredError)));
            ITransformer model = estimator.Fit(rows);
            float[] batch = [.. model.Transform(rows).GetColumn<float>("Score")];
            using PredictionEngine<Row, Estimate> engine = Ml.Model.CreatePredictionEngine<Row, Estimate>(model);
            Row[] objects = [.. Ml.Data.CreateEnumerable<Row>(rows, reuseRowObject: false)];
            for (int i = 0; i < 5; i++)
                Assert.AreEqual(batch[i], engine.Predict(objects[i]).Score);
        }
    }

    [TestMethod]
    public void The_Score_column_is_that_of_a_built_in_regression_trainer()
    {
        IDataView rows = Rows(TeacherTask.Main, 30);
        var ours = Ml.Regression.Trainers.DiagonalLinear(new() { Training = LooseThreshold });
        var theirs = Ml.Regression.Trainers.Sdca();
        DataViewSchema.Column score = ours.Fit(rows).Transform(rows).Schema["Score"];
        DataViewSchema.Column expected = theirs.Fit(rows).Transform(rows).Schema["Score"];
        Assert.AreEqual(SchemaDescription.Of(expected), SchemaDescription.Of(score));
    }

    [TestMethod]
    public void A_ReLU_network_is_finetuned_and_trained_on_both_tasks()
    {
        TeacherPair teachers = TeacherPair.CreateRelu(new() { Dimension = 6, AuxiliaryUnits = 2, Correlations = [1, 1], Seed = 1 });
        IDataView auxiliary = Rows<SixInputs>(teachers.Sample(TeacherTask.Auxiliary, 400));
        IDataView main = Rows<SixInputs>(teachers.Sample(TeacherTask.Main, 12));
        IDataView test = Rows<SixInputs>(teachers.Sample(TeacherTask.Main, 500, 1));
        GradientDescentOptions training = LooseThreshold with
        {
            LearningRate = .2, BatchSize = 64, LossThreshold = 1e-5, MaximumEpochs = 4000,
        };
        var options = new TwoLayerReluOptions { HiddenUnits = 100, InitialScale = .1, Training = training };
        TwoLayerReluTransformer pretrained = Ml.Regression.Trainers.TwoLayerRelu(options).Fit(auxiliary);
        double Error(TwoLayerReluOptions options)
            => Ml.Regression.Evaluate(Ml.Regression.Trainers.TwoLayerRelu(options).Fit(main).Transform(test)).MeanSquaredError;
        double fromScratch = Error(options);
        TensorAssert.IsBelow(fromScratch / 3, Error(options with { Pretrained = pretrained }));
        TensorAssert.IsBelow(fromScratch / 3, Error(options with { AuxiliaryData = auxiliary }));
    }

    [TestMethod]
    public void The_context_seed_decides()
    {
        IDataView rows = Rows(TeacherTask.Main, 30);
        var options = new TwoLayerReluOptions { HiddenUnits = 20, Training = LooseThreshold with { MaximumEpochs = 20 } };
        float Score(int seed)
            => new MLContext(seed).Regression.Trainers.TwoLayerRelu(options).Fit(rows).Transform(rows).GetColumn<float>("Score").First();
        Assert.AreEqual(Score(3), Score(3));
        Assert.AreNotEqual(Score(3), Score(4));
    }

    [TestMethod]
    public void Bad_input_is_named()
    {
        IDataView rows = Rows(TeacherTask.Main, 10);
        var trainer = Ml.Regression.Trainers.DiagonalLinear(new() { Training = LooseThreshold });
        IDataView narrow = Ml.Data.LoadFromEnumerable([new Narrow { Features = [1, 2, 3], Label = 1 }]);
        DiagonalLinearTransformer other = trainer.Fit(narrow);
        Failure.Requires<InvalidDataException>("There is no column 'Features'",
            () => trainer.Fit(Ml.Data.LoadFromEnumerable([new House(1)])));
        Failure.Requires<InvalidDataException>("Column 'Features' has 100 features; the model was trained on 3.",
            () => Ml.Regression.Trainers.DiagonalLinear(new() { Pretrained = other }).Fit(rows));
        Failure.Requires<InvalidDataException>("of the auxiliary data has 3 features; that of the main task has 100.",
            () => Ml.Regression.Trainers.DiagonalLinear(new() { AuxiliaryData = narrow }).Fit(rows));
        Failure.Requires<InvalidDataException>("Row 0: value 1 of column 'Features' is NaN; it must be finite.",
            () => trainer.Fit(Ml.Data.LoadFromEnumerable([new Narrow { Features = [1, float.NaN, 3] }])));
        Failure.Requires<InvalidDataException>("Row 0: column 'Label' is NaN; it must be finite.",
            () => trainer.Fit(Ml.Data.LoadFromEnumerable([new Narrow { Features = [1, 2, 3], Label = float.NaN }])));
        Failure.Requires<InvalidDataException>("There are no rows to train on.", () => trainer.Fit(Ml.Data.SkipRows(rows, 10)));
        Failure.Requires<ArgumentException>("Rescaling is 0.1, but there is no Pretrained model",
            () => Ml.Regression.Trainers.DiagonalLinear(new() { Rescaling = .1 }));
        Failure.Requires<ArgumentException>("ReadoutScale is given, but there is no Pretrained model",
            () => Ml.Regression.Trainers.DiagonalLinear(new() { ReadoutScale = .1 }));
        Failure.Requires<ArgumentException>("Rebalance is given, but there is no Pretrained model",
            () => Ml.Regression.Trainers.DiagonalLinear(new() { Rebalance = true }));
        Failure.Requires<ArgumentException>("Pretrained and AuxiliaryData are both given",
            () => Ml.Regression.Trainers.DiagonalLinear(new() { Pretrained = other, AuxiliaryData = rows }));
        Failure.Requires<ArgumentOutOfRangeException>("LearningRate is 0",
            () => Ml.Regression.Trainers.DiagonalLinear(new() { Training = new() { LearningRate = 0 } }));
        Failure.Requires<InvalidOperationException>("FeatureReuse.DiagonalLinear diverged at every learning rate from 100 down to",
            () => Ml.Regression.Trainers.DiagonalLinear(new() { Training = new() { LearningRate = 100 } })
                .Fit(Ml.Data.LoadFromEnumerable([new Narrow { Features = [1e18f, 1e18f, 1e18f], Label = 1e18f }])));
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.ThrowsExactly<OperationCanceledException>(() =>
            Ml.Regression.Trainers.DiagonalLinear(new() { Training = new() { CancellationToken = source.Token } }).Fit(rows));
    }

    private static IDataView Rows(TeacherTask task, int count, int purpose = 0) => Rows(Sparse.Sample(task, count, purpose));

    private static IDataView Rows(RegressionSamples samples) => Rows<Row>(samples);

    private static IDataView Rows<T>(RegressionSamples samples) where T : class, IRow, new()
        => Ml.Data.LoadFromEnumerable(Enumerable.Range(0, samples.Count)
            .Select(row => new T { Features = samples.GetInput(row).ToArray(), Label = samples.GetLabel(row) }).ToArray());

    private interface IRow
    {
        float[] Features { get; set; }

        float Label { get; set; }
    }

    private sealed class Row : IRow
    {
        [VectorType(100)]
        public float[] Features { get; set; } = [];

        public float Label { get; set; }
    }

    private sealed class SixInputs : IRow
    {
        [VectorType(6)]
        public float[] Features { get; set; } = [];

        public float Label { get; set; }
    }

    private sealed class Narrow
    {
        [VectorType(3)]
        public float[] Features { get; set; } = [];

        public float Label { get; set; }
    }

    private sealed class House
    {
        public House()
        {
        }

        public House(int i)
        {
            Area = MathF.Sin(i * 1.7f);
            Age = MathF.Cos(i * 2.3f);
            Noise = MathF.Sin(i * i * .7f);
            Price = 2 * Area - Age;
        }

        public float Area { get; set; }

        public float Age { get; set; }

        public float Noise { get; set; }

        public float Price { get; set; }
    }

    private sealed class Estimate
    {
        public float Score { get; set; }
    }
}
