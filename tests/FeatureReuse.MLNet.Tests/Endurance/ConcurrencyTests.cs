using Microsoft.ML;
using Microsoft.ML.Data;

namespace FeatureReuse.MLNet.Tests.Endurance;

[TestClass]
public sealed class ConcurrencyTests
{
    private const int Threads = 8;

    private static readonly MLContext Ml = new(seed: 1);

    [TestMethod]
    public void Eight_threads_on_one_model_get_the_values_of_one()
    {
        using NetworkTransformer model = FastTraining.Pretrained(Ml);
        LabelledRow[] rows = LabelledRow.Make(200, seed: 4);
        IDataView view = LabelledRow.View(Ml, 200, seed: 4);
        float[] expected = model.Transform(view).NumbersOf();
        float[] single = Predict();
        Exception?[] failures = new Exception?[Threads];
        // Half of them score data views, half predict row by row, all at once and several times.
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(number => new Thread(() =>
        {
            try
            {
                for (int round = 0; round < 5; round++)
                {
                    CollectionAssert.AreEqual(
                        number % 2 == 0 ? expected : single, number % 2 == 0 ? model.Transform(view).NumbersOf() : Predict());
                }
            }
            catch (Exception failure)
            {
                failures[number] = failure;
            }
        }))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        Assert.IsNull(failures.FirstOrDefault(failure => failure is not null)?.ToString());

        float[] Predict()
        {
            using var engine = Ml.Model.CreatePredictionEngine<LabelledRow, RowScores>(model,
                new PredictionEngineOptions { OwnsTransformer = false });
            return [.. rows.SelectMany(row => engine.Predict(row).Score)];
        }
    }

    [TestMethod]
    public void Disposing_twice_is_nothing_and_using_after_says_so()
    {
        IDataView rows = LabelledRow.View(Ml, 20);
        NetworkTransformer model = FastTraining.Pretrained(Ml);
        IDataView scored = model.Transform(rows);
        FeatureTransformer features = Ml.FeatureReuse.ExtractFeatures(model).Fit(rows);
        var engine = Ml.Model.CreatePredictionEngine<LabelledRow, RowScores>(model,
            new PredictionEngineOptions { OwnsTransformer = false });
        model.Dispose();
        model.Dispose();
        LabelledRow row = LabelledRow.Make(1)[0];
        using var folder = new TemporaryFolder();
        foreach (Action use in new Action[]
        {
            () => model.Transform(rows),
            () => model.GetRowToRowMapper(rows.Schema),
            () => model.Save(folder.PathOf("model")),
            () => model.ExportOnnx(folder.PathOf("model")),
            () => features.Transform(rows),
            () => Ml.FeatureReuse.Finetune(model),
            () => scored.NumbersOf(),
            () => engine.Predict(row),
        })
        {
            Exception failure = Assert.Throws<Exception>(use);
            Assert.IsInstanceOfType<ObjectDisposedException>(
                failure is System.Reflection.TargetInvocationException { InnerException: { } inner } ? inner : failure, failure.ToString());
        }
        engine.Dispose();
        engine.Dispose();
    }
}
