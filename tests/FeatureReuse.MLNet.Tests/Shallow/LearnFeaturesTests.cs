using Microsoft.ML;
using Microsoft.ML.Data;

namespace FeatureReuse.MLNet.Tests.Shallow;

[TestClass]
public sealed class LearnFeaturesTests
{
    private const int Inputs = 30;
    private const int Tasks = 40;

    private static readonly MLContext Ml = new(seed: 1);
    private static readonly LearnFeaturesOptions Options
        = new() { Training = new() { Neurons = 64, HeadSamples = 400, RepresentationSamples = 400 } };

    [TestMethod]
    public void A_linear_trainer_in_the_same_chain_learns_a_downstream_task_from_the_features()
    {
        var random = new Random(5);
        IDataView pretraining = Ml.Data.LoadFromEnumerable(Rows(3_000, random));
        IDataView downstream = Ml.Data.LoadFromEnumerable(Rows(150, random));
        IDataView test = Ml.Data.LoadFromEnumerable(Rows(1_000, random));
        LearnedFeaturesTransformer features = Ml.FeatureReuse.LearnFeatures(Options).Fit(pretraining);
        Assert.AreEqual(1, features.Seed, "the context's seed");

        // The downstream task is not linear in the inputs, so that a linear trainer on them does little better than chance.
        double Accuracy(IEstimator<ITransformer> chain)
            => Ml.MulticlassClassification.Evaluate(chain.Fit(downstream).Transform(test), "Downstream").MacroAccuracy;
        double learnt = Accuracy(Key().Append(new Fitted(features)).Append(Trainer("LearnedFeatures")));
        double raw = Accuracy(Key().Append(Trainer("Features")));
        Assert.IsLessThan(.65, raw);
        Assert.IsGreaterThan(.8, learnt);

        // And all of it as one chain, fitted at once.
        var model = Key().Append(Ml.FeatureReuse.LearnFeatures(Options)).Append(Trainer("LearnedFeatures"))
            .Append(Ml.Transforms.Conversion.MapKeyToValue("PredictedLabel")).Fit(pretraining);
        Assert.IsGreaterThan(.85, Ml.MulticlassClassification.Evaluate(model.Transform(test), "Downstream").MacroAccuracy);
        using PredictionEngine<Unlabelled, Estimate> engine = Ml.Model.CreatePredictionEngine<Unlabelled, Estimate>(model);
        Row row = Rows(1, random)[0];
        string expected = model.Transform(Ml.Data.LoadFromEnumerable([row])).GetColumn<string>("PredictedLabel").Single();
        Assert.AreEqual(expected, engine.Predict(new() { Features = row.Features }).PredictedLabel,
            "the labels of the tasks are not needed to predict");

        IEstimator<ITransformer> Key() => Ml.Transforms.Conversion.MapValueToKey("Downstream");
        IEstimator<ITransformer> Trainer(string column)
            => Ml.Transforms.NormalizeMeanVariance(column)
                .Append(Ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy("Downstream", column, l1Regularization: 0,
                    l2Regularization: .1f));
    }

    [TestMethod]
    public void Missing_labels_are_left_out()
    {
        var random = new Random(5);
        Row[] rows = Rows(2_000, random);
        foreach (Row row in rows)
        {
            for (int task = 0; task < Tasks; task++)
                row.Labels[task] = random.Next(2) == 0 ? float.NaN : row.Labels[task];
        }
        LearnedFeaturesTransformer features = Ml.FeatureReuse.LearnFeatures(Options).Fit(Ml.Data.LoadFromEnumerable(rows));
        var basis = new double[Inputs, 2];
        basis[0, 0] = basis[1, 1] = 1;
        Assert.IsLessThan(.4, features.Features.ComputeSubspaceError(basis));
    }

    [TestMethod]
    public void Bad_input_is_named()
    {
        Row[] rows = Rows(20, new Random(1));
        Fails("There is no column 'Targets'",
            () => Ml.FeatureReuse.LearnFeatures(Options with { LabelsColumnName = "Targets" }).Fit(Ml.Data.LoadFromEnumerable(rows)));
        Fails("Column 'Downstream' is String; features must be Vector<Single>",
            () => Ml.FeatureReuse.LearnFeatures(Options with { LabelsColumnName = "Downstream" }).Fit(Ml.Data.LoadFromEnumerable(rows)));
        Fails("There are no rows to train on.", () => Ml.FeatureReuse.LearnFeatures(Options).Fit(Ml.Data.LoadFromEnumerable<Row>([])));
        rows[3].Labels[7] = 2;
        Fails("Row 3: the label of task 7 is 2; it must be 0, 1 or missing (NaN).",
            () => Ml.FeatureReuse.LearnFeatures(Options).Fit(Ml.Data.LoadFromEnumerable(rows)));
        rows[3].Labels[7] = 1;
        foreach (Row row in rows)
            row.Labels[5] = 1;
        Fails("Task '5' of column 'Labels' does not have both labels, 0 and 1, among the 20 rows.",
            () => Ml.FeatureReuse.LearnFeatures(Options).Fit(Ml.Data.LoadFromEnumerable(rows)));

        static void Fails(string message, Action action)
            => StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(action).Message, message);
    }

    /// <summary>Normal inputs; all labels depend on the first two of them.</summary>
    private static Row[] Rows(int count, Random random) => [.. Enumerable.Range(0, count).Select(_ =>
    {
        float[] input = [.. Enumerable.Range(0, Inputs).Select(_ => (float)Normal(random))];
        return new Row
        {
            Features = input,
            Labels = [.. Enumerable.Range(0, Tasks).Select(task => Math.Cos(task) * input[0] + Math.Sin(task) * input[1] > 0 ? 1f : 0f)],
            Downstream = MathF.Abs(input[0]) > MathF.Abs(input[1]) ? "near" : "far",
        };
    })];

    private static double Normal(Random random)
        => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    /// <summary>A transformer that is there already, as a step of a chain.</summary>
    private sealed class Fitted(LearnedFeaturesTransformer transformer) : IEstimator<ITransformer>
    {
        public ITransformer Fit(IDataView input) => transformer;

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => Ml.FeatureReuse.LearnFeatures(Options).GetOutputSchema(inputSchema);
    }

    private sealed class Row
    {
        [VectorType(Inputs)]
        public float[] Features { get; set; } = [];

        [VectorType(Tasks)]
        public float[] Labels { get; set; } = [];

        public string Downstream { get; set; } = "";
    }

    private sealed class Unlabelled
    {
        [VectorType(Inputs)]
        public float[] Features { get; set; } = [];

        public string Downstream { get; set; } = "";
    }

    private sealed class Estimate
    {
        public string PredictedLabel { get; set; } = "";
    }
}
