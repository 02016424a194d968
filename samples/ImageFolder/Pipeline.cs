using System.Globalization;
using FeatureReuse;
using FeatureReuse.Samples;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;
using Spectre.Console;

namespace ImageFolder;

/// <summary>From files to predictions: the steps around the network are ML.NET's own.</summary>
internal static class Pipeline
{
    public static int Run(string folder, string? pretrainedPath, int epochs, int seed, string savePath, string checkpoints, string? imagePath, CancellationToken cancellation)
    {
        var ml = new MLContext(seed);
        ImageFile[] files = ImageFile.In(folder);
        DataOperationsCatalog.TrainTestData split = ml.Data.TrainTestSplit(ml.Data.LoadFromEnumerable(files), testFraction: .25, seed: seed);
        try
        {
            return AnsiConsole.Progress().Start(progress => Run(ml, split, files, pretrainedPath, epochs, savePath, checkpoints, imagePath, progress.AddTask("starting"), cancellation));
        }
        catch (OperationCanceledException)
        {
            Console.WriteLine($"Stopped. What was trained is kept in {Path.GetFullPath(checkpoints)}; the same command goes on from there.");
            return 130;
        }
    }

    private static int Run(MLContext ml, DataOperationsCatalog.TrainTestData split, ImageFile[] files, string? pretrainedPath, int epochs, string savePath, string checkpoints, string? imagePath, ProgressTask bar,
        CancellationToken cancellation)
    {
        using NetworkTransformer pretrained = pretrainedPath is null ? PretrainedOnGenerated(ml, Path.Combine(checkpoints, "pretraining"), bar, cancellation) : NetworkTransformer.Load(pretrainedPath);
        FeatureReuse.ImageShape shape = pretrained.Network.Input;
        var chain = ml.Transforms.LoadImages("Image", imageFolder: "", inputColumnName: nameof(ImageFile.Path))
            .Append(ml.Transforms.ResizeImages("Image", shape.Width, shape.Height, resizing: ImageResizingEstimator.ResizingKind.IsoCrop))
            .Append(ml.Transforms.ExtractPixels("Image", outputAsFloatArray: false))
            .Append(ml.Transforms.Conversion.MapValueToKey("Label"))
            .Append(ml.FeatureReuse.Finetune(pretrained, new()
            {
                Training = new()
                {
                    LearningRate = .02,
                    Schedule = LearningRateSchedule.Cosine,
                    BatchSize = 32,
                    MaximumEpochs = epochs,
                    Augmentation = Augmentation.Standard with { Brightness = .2, Contrast = .2 },
                    Regularization = new() { EmaDecay = .99 },
                    Checkpoint = new() { Folder = Path.Combine(checkpoints, "finetuning"), Interval = TimeSpan.FromSeconds(5) },
                    CancellationToken = cancellation,
                    Progress = new CurrentRun(bar, "finetuning"),
                },
            }))
            .Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
        using var model = chain.Fit(split.TrainSet);

        ClassificationMetrics metrics = ml.FeatureReuse.EvaluateClasses(model.Transform(split.TestSet));
        bar.Value = bar.MaxValue;
        Print(metrics);
        string full = Path.GetFullPath(savePath);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        ml.Model.Save(model, split.TrainSet.Schema, full);
        NetworkTransformer network = model.OfType<NetworkTransformer>().Single();
        network.Save(Path.ChangeExtension(full, ".safetensors"));
        network.ExportOnnx(Path.ChangeExtension(full, ".onnx"));
        Console.WriteLine($"Saved {full}, and the network alone as .safetensors and .onnx beside it.");

        // As another program would use it.
        using var loaded = (TransformerChain<ITransformer>)new MLContext().Model.Load(full, out _);
        using var engine = ml.Model.CreatePredictionEngine<ImageFile, ImagePrediction>(loaded, new PredictionEngineOptions { OwnsTransformer = false });
        string path = imagePath ?? split.TestSet.GetColumn<string>(nameof(ImageFile.Path)).First();
        ImagePrediction prediction = engine.Predict(new ImageFile { Path = path, Label = files[0].Label });
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(path)}: {prediction.PredictedLabel}, with probability {prediction.Score.Max():F2}"));
        return 0;
    }

    /// <summary>Edges, colours and shapes: better than nothing, and there without a download.</summary>
    private static NetworkTransformer PretrainedOnGenerated(MLContext ml, string checkpoints, ProgressTask bar, CancellationToken cancellation)
        => ml.FeatureReuse.Pretrain(new()
        {
            Architecture = NetworkArchitecture.SmallCnn,
            Training = new()
            {
                LearningRate = .1,
                Schedule = LearningRateSchedule.OneCycle,
                MaximumEpochs = 6,
                Checkpoint = new() { Folder = checkpoints, Interval = TimeSpan.FromSeconds(5) },
                CancellationToken = cancellation,
                Progress = new CurrentRun(bar, "pretraining"),
            },
        }).Fit(ml.FeatureReuse.GenerateImages(new() { Features = VisualFeatures.All, Count = 6_000, Seed = 1 }));

    private static void Print(ClassificationMetrics metrics)
    {
        Table table = new Table().Border(TableBorder.Rounded).AddColumns("class", "images", "precision", "recall", "F1");
        static string Text(double value) => value.ToString("F2", CultureInfo.InvariantCulture);
        foreach (ClassMetrics one in metrics.Classes)
            table.AddRow(Markup.Escape(one.Name), $"{one.Count}", Text(one.Precision), Text(one.Recall), Text(one.F1));
        AnsiConsole.Write(table);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"accuracy {metrics.Accuracy:F3} on {metrics.Count} test images, log loss {metrics.LogLoss:F2}, expected calibration error {metrics.ExpectedCalibrationError:F2}"));
    }
}
