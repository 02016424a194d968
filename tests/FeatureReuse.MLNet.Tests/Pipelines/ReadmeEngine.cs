// README
using FeatureReuse;
using Microsoft.ML;
using Microsoft.ML.Data;

// README
namespace FeatureReuse.MLNet.Tests.Pipelines;

/// <summary>The chain of the README: the code between the marks is compared with it and run.</summary>
[TestClass]
public sealed class ReadmeEngine
{
    [TestMethod]
    public void The_chain_of_the_readme_runs()
    {
        string[] lines = ReadmeCode.LinesOf(Chain);
        StringAssert.Contains(lines[0], "Confusion table");
        StringAssert.Matches(lines[^1], new("^(red|blue|green|yellow)$"));
    }

    [TestMethod]
    public void The_readme_shows_the_chain_that_runs() => ReadmeCode.RequireShown("ReadmeEngine.cs");

    private static void Chain()
    {
        // README
        var ml = new MLContext(seed: 1);
        IDataView photos = ml.FeatureReuse.GenerateImages(new() { Features = VisualFeatures.Colour, Count = 600, Seed = 1 });
        var split = ml.Data.TrainTestSplit(photos, testFraction: .5);

        var chain = ml.FeatureReuse.Pretrain(new()
        {
            Architecture = NetworkArchitecture.SmallCnn,
            Training = new() { LearningRate = .05, MaximumEpochs = 8 },
        }).Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
        using var model = chain.Fit(split.TrainSet);
        MulticlassClassificationMetrics metrics = ml.MulticlassClassification.Evaluate(model.Transform(split.TestSet));
        Console.WriteLine(metrics.ConfusionMatrix.GetFormattedConfusionTable());

        // Predicts one image at a time; the engine shares the weights of the model.
        var options = new PredictionEngineOptions { OwnsTransformer = false };
        using var engine = ml.Model.CreatePredictionEngine<Photo, Prediction>(model, options);
        Console.WriteLine(engine.Predict(new() { Image = split.TestSet.GetColumn<byte[]>("Image").First() }).PredictedLabel);
        // README
    }

    // README
    sealed class Photo
    {
        [VectorType(3, 32, 32)]
        public byte[] Image { get; set; } = [];
    }

    sealed class Prediction
    {
        public string PredictedLabel { get; set; } = "";

        public float[] Score { get; set; } = [];
    }
    // README
}
