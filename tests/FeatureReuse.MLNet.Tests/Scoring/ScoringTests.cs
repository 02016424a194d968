using Microsoft.ML;
using Microsoft.ML.Data;

namespace FeatureReuse.MLNet.Tests.Scoring;

[TestClass]
public sealed class ScoringTests
{
    private static readonly MLContext Ml = new(seed: 1);
    private static NetworkTransformer s_model = null!;

    [ClassInitialize]
    public static void Train(TestContext _) => s_model = FastTraining.Pretrained(Ml);

    [ClassCleanup]
    public static void Free() => s_model.Dispose();

    private static float[][] ScoresOf(IDataView data) => [.. data.GetColumn<float[]>("Score")];

    /// <summary>Numbers of rows around the size of a batch, 256.</summary>
    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(255)]
    [DataRow(256)]
    [DataRow(257)]
    [DataRow(600)]
    public void Batches_give_what_rows_give_in_the_same_order(int count)
    {
        LabelledRow[] rows = LabelledRow.Make(count, seed: 3);
        IDataView scored = s_model.Transform(Ml.Data.LoadFromEnumerable(rows));
        float[][] batched = ScoresOf(scored);
        Assert.HasCount(count, batched);
        CollectionAssert.AreEqual(rows.Select(row => row.Number).ToArray(), scored.GetColumn<int>("Number").ToArray());
        ITransformer chain = new TransformerChain<ITransformer>(s_model,
            Ml.Transforms.Conversion.MapKeyToValue("PredictedLabel").Fit(scored));
        using var engine = Ml.Model.CreatePredictionEngine<LabelledRow, ScoredRow>(chain,
            new PredictionEngineOptions { OwnsTransformer = false });
        foreach (int row in Enumerable.Range(0, count).Where(row => row % 37 == 0 || row >= count - 2))
        {
            float[] single = engine.Predict(rows[row]).Score;
            TensorAssert.AreClose(batched[row], single, rtol: 0, atol: 1e-5, $"scores of row {row}");
        }
    }

    [TestMethod]
    public void Several_passes_and_parallel_cursors_give_the_same_values()
    {
        IDataView scored = s_model.Transform(LabelledRow.View(Ml, 600, seed: 3));
        float[][] first = ScoresOf(scored);
        float[][] again = ScoresOf(scored);
        DataViewSchema.Column[] columns = [scored.Schema["Score"], scored.Schema["Number"]];
        Dictionary<int, float[]> parallel = [];
        foreach (DataViewRowCursor cursor in scored.GetRowCursorSet(columns, 4))
        {
            using (cursor)
            {
                ValueGetter<VBuffer<float>> getScore = cursor.GetGetter<VBuffer<float>>(columns[0]);
                ValueGetter<int> getNumber = cursor.GetGetter<int>(columns[1]);
                VBuffer<float> score = default;
                int number = 0;
                while (cursor.MoveNext())
                {
                    getScore(ref score);
                    getNumber(ref number);
                    parallel.Add(number, score.DenseValues().ToArray());
                }
            }
        }
        for (int row = 0; row < 600; row++)
        {
            CollectionAssert.AreEqual(first[row], again[row]);
            CollectionAssert.AreEqual(first[row], parallel[row]);
        }
    }

    [TestMethod]
    public void Shuffled_rows_keep_their_scores()
    {
        IDataView rows = LabelledRow.View(Ml, 300, seed: 3);
        Dictionary<int, float[]> expected = rows.GetColumn<int>("Number").Zip(ScoresOf(s_model.Transform(rows)))
            .ToDictionary(pair => pair.First, pair => pair.Second);
        IDataView shuffledBefore = s_model.Transform(Ml.Data.ShuffleRows(rows, seed: 5));
        IDataView shuffledAfter = Ml.Data.ShuffleRows(s_model.Transform(rows), seed: 5);
        foreach (IDataView shuffled in new[] { shuffledBefore, shuffledAfter })
        {
            int[] numbers = [.. shuffled.GetColumn<int>("Number")];
            Assert.HasCount(300, numbers);
            CollectionAssert.AreNotEqual(Enumerable.Range(0, 300).ToArray(), numbers);
            float[] scores = [.. numbers.SelectMany(number => expected[number])];
            TensorAssert.AreClose(scores, [.. ScoresOf(shuffled).SelectMany(score => score)], rtol: 0, atol: 1e-5, "scores");
        }
    }

    [TestMethod]
    public void Only_the_columns_asked_for_are_computed()
    {
        int images = 0;
        IDataView rows = Ml.Data.LoadFromEnumerable(LabelledRow.Make(20));
        IDataView source = Ml.Transforms.CustomMapping<LabelledRow, CountedRow>((input, output) =>
        {
            images++;
            output.CountedImage = input.Image;
        }, contractName: null).Fit(rows).Transform(rows);
        IDataView renamed = Ml.Transforms.CopyColumns("Image", "CountedImage").Fit(source).Transform(source);
        IDataView scored = s_model.Transform(renamed);
        _ = scored.GetColumn<int>("Number").ToArray();
        Assert.AreEqual(0, images, "images read for a column that needs none");
        _ = ScoresOf(scored);
        Assert.AreEqual(20, images, "images read for the scores");
    }

    [TestMethod]
    public void Features_are_a_column_of_the_layers_width()
    {
        IDataView rows = LabelledRow.View(Ml, 10);
        IDataView pooled = Ml.FeatureReuse.ExtractFeatures(s_model).Fit(rows).Transform(rows);
        IDataView early = Ml.FeatureReuse.ExtractFeatures(s_model, "Early", layerName: "conv1").Fit(rows).Transform(rows);
        Assert.AreEqual(128, pooled.GetColumn<float[]>("Features").First().Length);
        Assert.AreEqual(32 * 4 * 4, early.GetColumn<float[]>("Early").First().Length);
        Assert.HasCount(10, pooled.GetColumn<float[]>("Features").ToArray());
    }

    [TestMethod]
    public void A_preview_shows_the_scores()
    {
        DataDebuggerPreview preview = s_model.Transform(LabelledRow.View(Ml, 10)).Preview(3);
        Assert.HasCount(3, preview.RowView);
        Assert.IsTrue(preview.ColumnView.Any(column => column.Column.Name == "Score"));
    }

    private sealed class CountedRow
    {
        [VectorType(3, 8, 8)]
        public byte[] CountedImage { get; set; } = [];
    }
}
