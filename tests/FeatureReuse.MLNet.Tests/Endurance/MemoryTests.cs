using Microsoft.ML;
using Microsoft.ML.Data;

namespace FeatureReuse.MLNet.Tests.Endurance;

[TestClass]
public sealed class MemoryTests
{
    /// <summary>
    /// The heap that one more thread of the system's allocator may take; one leaked image of floats a prediction would be 120 MB.
    /// </summary>
    private const double Tolerance = 60e6;

    private static readonly MLContext Ml = new(seed: 1);
    private static NetworkTransformer s_model = null!;
    private static IDataView s_rows = null!;

    [ClassInitialize]
    public static void Train(TestContext _)
    {
        s_rows = Ml.FeatureReuse.GenerateImages(new() { Features = VisualFeatures.Colour, Count = 1_000 });
        s_model = Ml.FeatureReuse.Pretrain(new() { Architecture = NetworkArchitecture.SmallCnn,
            Training = FastTraining.Options with { MaximumEpochs = 1 } }).Fit(s_rows);
    }

    [ClassCleanup]
    public static void Free() => s_model.Dispose();

    [TestMethod]
    public void Ten_thousand_predictions_leave_memory_as_it_was()
    {
        using var engine = Ml.Model.CreatePredictionEngine<ImageRow, RowScores>(s_model,
            new PredictionEngineOptions { OwnsTransformer = false });
        ImageRow[] rows = [.. Ml.Data.CreateEnumerable<ImageRow>(Ml.Data.TakeRows(s_rows, 100), reuseRowObject: false)];
        Predict(3_000);
        long before = Resident();
        Predict(10_000);
        AssertNoGrowth(before, "10,000 predictions");

        void Predict(int count)
        {
            for (int i = 0; i < count; i++)
                engine.Predict(rows[i % rows.Length]);
        }
    }

    [TestMethod]
    public void Scoring_ten_thousand_rows_leaves_memory_as_it_was()
    {
        Score(5);
        long before = Resident();
        Score(10);
        AssertNoGrowth(before, "scoring 1,000 rows ten times");

        static void Score(int passes)
        {
            for (int pass = 0; pass < passes; pass++)
                Ml.MulticlassClassification.Evaluate(s_model.Transform(s_rows));
        }
    }

    /// <summary>A model that stays behind would be 45 MB each round.</summary>
    [TestMethod]
    public void A_hundred_rounds_of_load_predict_and_dispose_leave_memory_as_it_was()
    {
        using var folder = new TemporaryFolder();
        string path = folder.PathOf("model.safetensors");
        TrainingOptions training = FastTraining.Options with { MaximumEpochs = 1 };
        ClassifierEstimator pretrain = Ml.FeatureReuse.Pretrain(new() { Architecture = NetworkArchitecture.ResNet18,
            Training = training });
        using (NetworkTransformer resnet = pretrain.Fit(Ml.Data.TakeRows(s_rows, 64)))
            resnet.Save(path);
        ImageRow row = Ml.Data.CreateEnumerable<ImageRow>(Ml.Data.TakeRows(s_rows, 1), reuseRowObject: false).Single();
        Rounds(10);
        long before = Resident();
        Rounds(100);
        AssertNoGrowth(before, "100 rounds");

        void Rounds(int count)
        {
            for (int i = 0; i < count; i++)
            {
                // The engine owns the network, and disposes it.
                using var engine = Ml.Model.CreatePredictionEngine<ImageRow, RowScores>(NetworkTransformer.Load(path));
                engine.Predict(row);
            }
        }
    }

    /// <summary>Memory may fall: what earlier tests used is given back.</summary>
    private static void AssertNoGrowth(long before, string after)
        => Assert.IsLessThan(before + Tolerance, Resident(), $"resident bytes after {after}, beyond those before");

    private static long Resident()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        // Gives unused memory back to the system, which an ordinary collection does when it likes.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return Environment.WorkingSet;
    }

    private sealed class ImageRow
    {
        [VectorType(3, 32, 32)]
        public byte[] Image { get; set; } = [];
    }
}
