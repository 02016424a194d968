// README
using FeatureReuse;
using Microsoft.ML;
// README

namespace FeatureReuse.MLNet.Tests.Pipelines;

[TestClass]
public sealed class ReadmeProduction
{
    [TestMethod]
    public void The_code_runs_as_the_README_shows_it()
    {
        ReadmeCode.RequireShown("ReadmeProduction.cs");
        ReadmeCode.InFolder(() =>
        {
            string[] lines = ReadmeCode.LinesOf(Run);
            StringAssert.StartsWith(lines[0], "accuracy ");
            string[] expected = ["model.zip", "model.safetensors", "model.onnx", "weights.safetensors"];
            string?[] actual = [.. Directory.GetFileSystemEntries(".").Select(Path.GetFileName)];
            CollectionAssert.AreEquivalent(expected, actual, "no checkpoints are left");
        });
    }

    private static void Run()
    {
        // README
        var ml = new MLContext(seed: 1);
        IDataView Images(int count, int seed)
            => ml.FeatureReuse.GenerateImages(new() { Features = VisualFeatures.Colour, Count = count, Seed = seed });
        IDataView rows = Images(600, 1), heldOut = Images(200, 2), test = Images(500, 3), later = Images(300, 4);

        // After a crash or a cancellation the same call continues from the folder, with bit-identical results.
        using NetworkTransformer trained = ml.FeatureReuse.Pretrain(new()
        {
            Architecture = NetworkArchitecture.SmallCnn,
            Training = new()
            {
                LearningRate = .02,
                MaximumEpochs = 5,
                Augmentation = Augmentation.Standard with { CutoutSize = 8 },
                Regularization = new() { LabelSmoothing = .05, EmaDecay = .99, GradientClipNorm = 1 },
                Checkpoint = new() { Folder = "checkpoints" },
            },
        }).Fit(rows);

        // Calibrates the probabilities on held-out images; evaluates precision, recall and F1 of each class.
        using NetworkTransformer model = ml.FeatureReuse.Calibrate(trained).Fit(heldOut);
        ClassificationMetrics metrics = ml.FeatureReuse.EvaluateClasses(model.Transform(test));
        Console.WriteLine($"accuracy {metrics.Accuracy:F2}, calibration error {metrics.ExpectedCalibrationError:F2}");
        Console.WriteLine($"worst class {metrics.Classes.MinBy(one => one.F1)!.Name}");

        // ML.NET's own file, alone or in a chain. A program that loads it needs no other call to this library.
        ml.Model.Save(model, rows.Schema, "model.zip");
        using var loaded = (NetworkTransformer)new MLContext().Model.Load("model.zip", out _);

        // This library's own file, the weights for PyTorch, and ONNX for other runtimes.
        model.Save("model.safetensors");
        model.ExportWeights("weights.safetensors");
        model.ExportOnnx("model.onnx");

        // Continues the training with new rows, which may have new classes.
        using NetworkTransformer today = ml.FeatureReuse.ContinueTraining(
            loaded, new() { Training = new() { LearningRate = .005, MaximumEpochs = 2 } }).Fit(later);
        // README
    }
}
