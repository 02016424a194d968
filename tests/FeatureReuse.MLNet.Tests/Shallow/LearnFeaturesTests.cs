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

    private static SubspaceTasks CreateTasks() => new(Inputs, subspace: 2, Tasks, seed: 5);

    [TestMethod]
    public void A_linear_trainer_in_the_same_chain_learns_a_downstream_task_from_the_features()
    {
        SubspaceTasks tasks = CreateTasks();
        IDataView pretraining = Ml.Data.LoadFromEnumerable(Rows(tasks, 3_000));
        IDataView downstream = Ml.Data.LoadFromEnumerable(Rows(tasks, 150));
        IDataView test = Ml.Data.LoadFromEnumerable(Rows(tasks, 1_000));
        LearnedFeaturesTransformer features = Ml.FeatureReuse.LearnFeatures(Options).Fit(pretraining);
        Assert.AreEqual(1, features.Seed, "the context's seed");

        // The downstream task is not linear in the inputs, so that a linear trainer on them does little better than chance.
        double Accuracy(IEstimator<ITransformer> chain)
            => Ml.MulticlassClassification.Evaluate(chain.Fit(downstream).Transform(test), "Downstream").MacroAccuracy;
        double learnt = Accuracy(Key().Append(new Fitted(features)).Append(Trainer("LearnedFeatures")));
        double raw = Accuracy(Key().Append(Trainer("Features")));
        TensorAssert.IsBelow(.65, raw);
        Assert.IsGreaterThan(.8, learnt);

        // And all of it as one chain, fitted at once.
        var model = Key().Append(Ml.FeatureReuse.LearnFeatures(Options)).Append(Trainer("LearnedFeatures"))
            .Append(Ml.Transforms.Conversion.MapKeyToValue("PredictedLabel")).Fit(pretraining);
        Assert.IsGreaterThan(.85, Ml.MulticlassClassification.Evaluate(model.Transform(test), "Downstream").MacroAccuracy);
        using PredictionEngine<Unlabelled, Estimate> engine = Ml.Model.CreatePredictionEngine<Unlabelled, Estimate>(model);
        Row row = Rows(tasks, 1)[0];
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
        SubspaceTasks tasks = CreateTasks();
        Row[] rows = Rows(tasks, 2_000);
        foreach (Row row in rows)
        {
            for (int task = 0; task < Tasks; task++)
                row.Labels[task] = random.Next(2) == 0 ? float.NaN : row.Labels[task];
        }
        LearnedFeaturesTransformer features = Ml.FeatureReuse.LearnFeatures(Options).Fit(Ml.Data.LoadFromEnumerable(rows));
        TensorAssert.IsBelow(.4, features.Features.ComputeSubspaceError(tasks.Basis));
    }

    [TestMethod]
    public void Bad_input_is_named()
    {
        Row[] rows = Rows(CreateTasks(), 20);
        Failure.Requires<InvalidDataException>("There is no column 'Targets'",
            () => Ml.FeatureReuse.LearnFeatures(Options with { LabelsColumnName = "Targets" }).Fit(Ml.Data.LoadFromEnumerable(rows)));
        Failure.Requires<InvalidDataException>("Column 'Downstream' is String; labels must be Vector<Single>",
            () => Ml.FeatureReuse.LearnFeatures(Options with { LabelsColumnName = "Downstream" }).Fit(Ml.Data.LoadFromEnumerable(rows)));
        Failure.Requires<InvalidDataException>("There are no rows to train on.",
            () => Ml.FeatureReuse.LearnFeatures(Options).Fit(Ml.Data.LoadFromEnumerable<Row>([])));
        rows[3].Labels[7] = 2;
        Failure.Requires<InvalidDataException>("Row 3: the label of task 7 is 2; it must be 0, 1 or missing (NaN).",
            () => Ml.FeatureReuse.LearnFeatures(Options).Fit(Ml.Data.LoadFromEnumerable(rows)));
        rows[3].Labels[7] = 1;
        foreach (Row row in rows)
            row.Labels[5] = 1;
        Failure.Requires<InvalidDataException>("Task '5' of column 'Labels' does not have both labels, 0 and 1, among the 20 rows.",
            () => Ml.FeatureReuse.LearnFeatures(Options).Fit(Ml.Data.LoadFromEnumerable(rows)));
    }

    /// <summary>Draws rows whose labels all depend on two directions of the inputs.</summary>
    private static Row[] Rows(SubspaceTasks tasks, int count)
    {
        BinaryTaskSamples samples = tasks.Draw(count);
        double[,] basis = tasks.Basis;
        return [.. Enumerable.Range(0, count).Select(row =>
        {
            float[] input = samples.GetInput(row).ToArray();
            double Along(int direction) => input.Select((value, i) => value * basis[i, direction]).Sum();
            return new Row
            {
                Features = input,
                Labels = [.. Enumerable.Range(0, Tasks).Select(task => samples.GetLabel(row, task))],
                Downstream = Math.Abs(Along(0)) > Math.Abs(Along(1)) ? "near" : "far",
            };
        })];
    }

    /// <summary>Wraps a fitted transformer as a step of a chain.</summary>
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
