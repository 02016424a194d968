using Microsoft.ML;
using Microsoft.ML.Data;

namespace FeatureReuse.MLNet.Tests.Internals;

/// <summary>Our columns against those of a built-in trainer, on the same labels.</summary>
[TestClass]
public sealed class SchemaTests
{
    private sealed class Row
    {
        [VectorType(3, 8, 8)]
        public byte[] Image { get; set; } = [];

        [VectorType(4)]
        public float[] Features { get; set; } = [];

        public string Text { get; set; } = "";

        public int Number { get; set; }
    }

    private readonly MLContext _ml = new(seed: 1);

    private IDataView Rows()
    {
        LabelledRow[] images = LabelledRow.Make(30);
        return _ml.Data.LoadFromEnumerable(images.Select(row => new Row
        {
            Image = row.Image,
            Features = [.. row.Image.Take(4).Select(value => value / 255f)],
            Text = row.Label,
            Number = 10 * (row.Number % 3),
        }).ToArray());
    }

    [TestMethod]
    [DataRow("Text")]
    [DataRow("Number")]
    public void Columns_types_and_annotations_are_those_of_a_built_in_trainer(string label)
    {
        IDataView rows = Rows();
        IDataView keyed = _ml.Transforms.Conversion.MapValueToKey("Label", label).Fit(rows).Transform(rows);
        DataViewSchema builtIn = _ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy().Fit(keyed).Transform(keyed).Schema;
        using NetworkTransformer model
            = _ml.FeatureReuse.Pretrain(FastTraining.Pretraining with { Training = FastTraining.Options with { MaximumEpochs = 1 } })
                .Fit(keyed);
        DataViewSchema ours = model.Transform(keyed).Schema;
        CollectionAssert.AreEqual(builtIn.Select(column => column.Name).ToArray(), ours.Select(column => column.Name).ToArray());
        foreach (string name in new[] { "PredictedLabel", "Score" })
            Assert.AreEqual(SchemaDescription.Of(builtIn[name]), SchemaDescription.Of(ours[name]));
    }

    [TestMethod]
    [DataRow("Text")]
    [DataRow("Number")]
    public void The_promise_before_fitting_is_that_of_a_built_in_trainer(string label)
    {
        IDataView rows = Rows();
        var keys = _ml.Transforms.Conversion.MapValueToKey("Label", label);
        SchemaShape input = keys.GetOutputSchema(MLNetInternals.ShapeOf(rows.Schema));
        SchemaShape builtIn = _ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy().GetOutputSchema(input);
        SchemaShape ours = _ml.FeatureReuse.Pretrain(FastTraining.Pretraining).GetOutputSchema(input);
        CollectionAssert.AreEquivalent(builtIn.Select(column => column.Name).ToArray(), ours.Select(column => column.Name).ToArray());
        foreach (SchemaShape.Column column in ours)
            Assert.AreEqual(Describe(builtIn.Single(other => other.Name == column.Name)), Describe(column));
    }

    /// <summary>A second model in the same rows gets a number of its own, so that its columns are told apart.</summary>
    [TestMethod]
    public void Two_models_in_a_row_have_score_sets_of_their_own()
    {
        IDataView rows = LabelledRow.View(_ml, 30);
        using NetworkTransformer first = _ml.FeatureReuse.Pretrain(FastTraining.Pretraining).Fit(rows);
        using NetworkTransformer second = _ml.FeatureReuse.Pretrain(FastTraining.Pretraining with { ScoreColumnName = "Score2",
            PredictedLabelColumnName = "Predicted2" }).Fit(rows);
        DataViewSchema schema = second.Transform(first.Transform(rows)).Schema;
        Assert.AreEqual(1u, SetId(schema["Score"]));
        Assert.AreEqual(2u, SetId(schema["Score2"]));
        Assert.AreEqual(2u, SetId(schema["Predicted2"]));

        static uint SetId(DataViewSchema.Column column)
        {
            uint id = 0;
            column.Annotations.GetValue("ScoreColumnSetId", ref id);
            return id;
        }
    }

    private static string Describe(SchemaShape.Column column)
        => $"{column.Name}: {column.Kind} {column.ItemType} key={column.IsKey} "
            + $"[{SchemaDescription.Sorted(column.Annotations.Select(Describe))}]";
}
