using System.CommandLine;
using System.CommandLine.Invocation;
using FeatureReuse;
using ImageFolder;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

Option<FileInfo> File(string name, string description) => new Option<FileInfo>(name) { Description = description }.AcceptExistingOnly();
Option<T> Optional<T>(string name, string description, T value)
    => new(name) { Description = description, DefaultValueFactory = _ => value };

var images = new Option<DirectoryInfo>("--images") { Description = "A folder with one folder of images per class.", Required = true };
Option<FileInfo> pretrained = File("--pretrained", "A saved network to start from. Default: a small CNN, pretrained on generated images.");
Option<int> epochs = Optional("--epochs", "The maximum number of epochs of finetuning.", 60);
Option<int> seed = Optional("--seed", "The seed of the split and of the training.", 1);
Option<string> save = Optional("--save", "The file of the pipeline.", "artifacts/image-folder/model.zip");
Option<string> checkpoints = Optional("--checkpoints", "The folder of the training's checkpoints.", "artifacts/image-folder/checkpoints");
Option<FileInfo> predict = File("--predict", "An image to classify. Default: the first test image.");
epochs.Validators.Add(parsed =>
{
    if (parsed.GetValueOrDefault<int>() < 1)
        parsed.AddError($"--epochs is {parsed.GetValueOrDefault<int>()}; it must be 1 or more.");
});
var root = new RootCommand("Finetunes a network on image files in class folders, evaluates it, saves it and predicts.")
{
    images.AcceptExistingOnly(), pretrained, epochs, seed, save, checkpoints, predict,
};

// Runs on another thread, so that Ctrl+C is noticed during the training.
root.SetAction((parsed, cancellation) => Task.Run(() =>
{
    try
    {
        Run(parsed, cancellation);
        return 0;
    }
    catch (OperationCanceledException)
    {
        Console.WriteLine($"Stopped. The training is kept in {parsed.GetValue(checkpoints)}; run the same command again to continue.");
        return 130;
    }
    catch (Exception failure) when (failure is ArgumentException or InvalidDataException or InvalidOperationException or IOException
        or UnauthorizedAccessException)
    {
        Console.Error.WriteLine(failure.Message);
        return 1;
    }
}, CancellationToken.None));
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });

void Run(ParseResult parsed, CancellationToken cancellation)
{
    var ml = new MLContext(parsed.GetValue(seed));
    IDataView files = ml.Data.LoadFromEnumerable(ImageFile.FindAll(parsed.GetRequiredValue(images).FullName));
    DataOperationsCatalog.TrainTestData split = ml.Data.TrainTestSplit(files, testFraction: .25, seed: parsed.GetValue(seed));
    CheckpointOptions Checkpoint(string name)
        => new() { Folder = Path.Combine(parsed.GetValue(checkpoints)!, name), Interval = TimeSpan.FromSeconds(5) };

    using NetworkTransformer network = parsed.GetValue(pretrained) is { } file ? NetworkTransformer.Load(file.FullName)
        : Pretrain(ml, Checkpoint("pretraining"), cancellation);
    var (width, height) = (network.Network.Input.Width, network.Network.Input.Height);
    var pipeline = ml.Transforms.LoadImages("Image", imageFolder: "", inputColumnName: nameof(ImageFile.Path))
        .Append(ml.Transforms.ResizeImages("Image", width, height, resizing: ImageResizingEstimator.ResizingKind.IsoCrop))
        .Append(ml.Transforms.ExtractPixels("Image", outputAsFloatArray: false))
        .Append(ml.Transforms.Conversion.MapValueToKey("Label"))
        .Append(ml.FeatureReuse.Finetune(network, new()
        {
            Training = new()
            {
                LearningRate = .02,
                Schedule = LearningRateSchedule.Cosine,
                BatchSize = 32,
                MaximumEpochs = parsed.GetValue(epochs),
                Augmentation = Augmentation.Standard with { Brightness = .2, Contrast = .2 },
                Regularization = new() { EmaDecay = .99 },
                Checkpoint = Checkpoint("finetuning"),
                Progress = new EpochPrinter("finetuning"),
                CancellationToken = cancellation,
            },
        }))
        .Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
    using var model = pipeline.Fit(split.TrainSet);

    ClassificationMetrics metrics = ml.FeatureReuse.EvaluateClasses(model.Transform(split.TestSet));
    Console.WriteLine($"{"class",-15} {"images",6} {"precision",9} {"recall",6} {"F1",5}");
    foreach (ClassMetrics one in metrics.Classes)
        Console.WriteLine($"{one.Name,-15} {one.Count,6} {one.Precision,9:F2} {one.Recall,6:F2} {one.F1,5:F2}");
    Console.WriteLine(
        $"accuracy {metrics.Accuracy:F3} on {metrics.Count} test images, calibration error {metrics.ExpectedCalibrationError:F2}");

    // The whole pipeline for ML.NET; the network alone for FeatureReuse and for other runtimes.
    string path = Path.GetFullPath(parsed.GetValue(save)!);
    Directory.CreateDirectory(Path.GetDirectoryName(path)!);
    ml.Model.Save(model, split.TrainSet.Schema, path);
    NetworkTransformer finetuned = model.OfType<NetworkTransformer>().Single();
    finetuned.Save(Path.ChangeExtension(path, ".safetensors"));
    finetuned.ExportOnnx(Path.ChangeExtension(path, ".onnx"));
    Console.WriteLine($"Saved {path}, and the network alone beside it as .safetensors and .onnx.");

    // As another program would use it.
    using var loaded = (TransformerChain<ITransformer>)new MLContext().Model.Load(path, out _);
    var options = new PredictionEngineOptions { OwnsTransformer = false };
    using var engine = ml.Model.CreatePredictionEngine<ImageFile, ImagePrediction>(loaded, options);
    string image = parsed.GetValue(predict)?.FullName ?? split.TestSet.GetColumn<string>(nameof(ImageFile.Path)).First();
    ImagePrediction prediction = engine.Predict(new ImageFile { Path = image, Label = finetuned.ClassNames[0] });
    Console.WriteLine($"{Path.GetFileName(image)}: {prediction.PredictedLabel}, with probability {prediction.Score.Max():F2}");
}

// Teaches edges, colours and shapes, without a download.
static NetworkTransformer Pretrain(MLContext ml, CheckpointOptions checkpoint, CancellationToken cancellation)
    => ml.FeatureReuse.Pretrain(new()
    {
        Architecture = NetworkArchitecture.SmallCnn,
        Training = new()
        {
            LearningRate = .1,
            Schedule = LearningRateSchedule.OneCycle,
            MaximumEpochs = 6,
            Checkpoint = checkpoint,
            Progress = new EpochPrinter("pretraining"),
            CancellationToken = cancellation,
        },
    }).Fit(ml.FeatureReuse.GenerateImages(new() { Features = VisualFeatures.All, Count = 6_000, Seed = 1 }));
