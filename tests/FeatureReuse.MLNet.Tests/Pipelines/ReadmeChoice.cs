// README
using FeatureReuse;
using Microsoft.ML;
using TorchSharp;
using static TorchSharp.torch;
// README

namespace FeatureReuse.MLNet.Tests.Pipelines;

[TestClass]
public sealed class ReadmeChoice
{
    [TestMethod]
    public void The_code_runs_as_the_README_shows_it()
    {
        ReadmeCode.RequireShown("ReadmeChoice.cs");
        ReadmeCode.InFolder(() =>
        {
            string[] lines = ReadmeCode.LinesOf(Run);
            StringAssert.StartsWith(lines[0], "0.125: loss ");
            Assert.AreEqual(1, lines.Count(line => line.EndsWith(", chosen", StringComparison.Ordinal)));
            CollectionAssert.IsSubsetOf(new[] { "features", "logits" }, lines.Select(line => line.Split(':')[0]).ToArray());
            Assert.IsTrue(File.Exists("report.html") && File.Exists("model.safetensors"));
        });
    }

    private static void Run()
    {
        // README
        // A module from images to logits, whose head and layers have names.
        NetworkArchitecture network = NetworkArchitecture.Create("TwoBlocks", new()
        {
            CreateModule = (shape, logits) => nn.Sequential(
                ("block1", nn.Sequential(nn.Conv2d(shape.Channels, 16, 5, stride: 2), nn.ReLU())),
                ("block2", nn.Sequential(nn.Conv2d(16, 32, 3, stride: 2), nn.ReLU(), nn.Flatten())),
                ("head", nn.Linear(32 * 6 * 6, logits))),
            LayerNames = ["block1", "block2"],
            HeadName = "head",
        });

        var ml = new MLContext(seed: 1);
        IDataView auxiliary = ml.FeatureReuse.GenerateImages(new() { Count = 2000, Seed = 1 });
        var task = new GeneratedImagesOptions { Features = VisualFeatures.Colour | VisualFeatures.Shape, Levels = 2 };
        IDataView main = ml.FeatureReuse.GenerateImages(task with { Count = 60, Seed = 2 });
        IDataView test = ml.FeatureReuse.GenerateImages(task with { Count = 500, Seed = 3 });
        using NetworkTransformer pretrained = ml.FeatureReuse.Pretrain(
            new() { Architecture = network, Training = new() { LearningRate = .02, MaximumEpochs = 3 } }).Fit(auxiliary);

        // Finetunes with each of five factors on folds of the 60 images, and with the best factor on all of them.
        using NetworkTransformer model = ml.FeatureReuse.Finetune(pretrained, new()
        {
            Rescaling = RescalingChoice.PaperFactors with { Folds = 3 },
            Training = new() { LearningRate = .02, MaximumEpochs = 20 },
        }).Fit(main);
        foreach (RescalingCandidate candidate in model.LastTraining!.Candidates!)
            Console.WriteLine($"{candidate.Rescaling}: loss {candidate.ValidationLoss:F3}{(candidate.IsChosen ? ", chosen" : "")}");
        foreach (LayerSignature layer in ml.FeatureReuse.CompareLayers(pretrained, model, test))
        {
            Console.WriteLine($"{layer.LayerName}: {layer.PretrainedDimensions:F1} dimensions, "
                + $"then {layer.FinetunedDimensions:F1}: {layer.ReuseKind}");
        }
        ml.FeatureReuse.SaveReport("report.html", model, test, new() { Pretrained = pretrained });
        model.Save("model.safetensors");
        // README
    }
}
