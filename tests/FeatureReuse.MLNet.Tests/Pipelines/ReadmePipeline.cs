using System.Globalization;
// README
using Microsoft.ML;
using Microsoft.ML.Data;

// README
namespace FeatureReuse.MLNet.Tests.Pipelines;

/// <summary>The pipeline of the README; what stands between the marks is compared with it, and runs.</summary>
[TestClass]
public sealed class ReadmePipeline
{
    [TestMethod]
    public void The_pipeline_of_the_readme_runs()
    {
        string[] lines = ReadmeCode.LinesOf(Pipeline);
        double accuracy = double.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture);
        Assert.IsGreaterThan(.4, accuracy, "four classes");
        StringAssert.Matches(lines[^1], new("^(red|blue) (disc|cross)$"));
    }

    [TestMethod]
    public void The_readme_shows_the_pipeline_that_runs() => ReadmeCode.RequireShown("ReadmePipeline.cs");

    private static void Pipeline()
    {
        // README
        var ml = new MLContext(seed: 1);

        // Much data on an auxiliary task, little on the main task, whose classes share two of the four features.
        IDataView auxiliary = ml.FeatureReuse.GenerateImages(new() { Features = VisualFeatures.All, Count = 6_000, Seed = 1 });
        IDataView main = ml.FeatureReuse.GenerateImages(new() { Features = VisualFeatures.Colour | VisualFeatures.Shape, Levels = 2, Count = 400, Seed = 2 });
        DataOperationsCatalog.TrainTestData split = ml.Data.TrainTestSplit(main, testFraction: .5);

        using NetworkTransformer pretrained = ml.FeatureReuse.Pretrain(new()
        {
            Architecture = NetworkArchitecture.SmallCnn,
            Training = new() { LearningRate = .1, Schedule = LearningRateSchedule.OneCycle, MaximumEpochs = 6 },
        }).Fit(auxiliary);

        // Rescale all weights, then train them on the main task. The steps around it are ML.NET's own.
        var pipeline = ml.FeatureReuse.Finetune(pretrained, new()
        {
            Rescaling = .5f,
            Training = new() { LearningRate = .01, MaximumEpochs = 100 },
        }).Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
        using var model = pipeline.Fit(split.TrainSet);

        MulticlassClassificationMetrics metrics = ml.MulticlassClassification.Evaluate(model.Transform(split.TestSet));
        Console.WriteLine($"accuracy {metrics.MicroAccuracy:F3}");
        Console.WriteLine(metrics.ConfusionMatrix.GetFormattedConfusionTable());

        // One image at a time; the engine shares the model's weights.
        using var engine = ml.Model.CreatePredictionEngine<Photo, Prediction>(model, new PredictionEngineOptions { OwnsTransformer = false });
        var photo = new Photo { Image = split.TestSet.GetColumn<byte[]>("Image").First() };
        Console.WriteLine(engine.Predict(photo).PredictedLabel);
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
