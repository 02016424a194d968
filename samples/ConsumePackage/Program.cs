using FeatureReuse;
using Microsoft.ML;
using Microsoft.ML.Data;
using static TorchSharp.torch;

// The program may use torch before the library does: the package prepares for that.
using (Tensor numbers = ones(3))
    Console.WriteLine($"torch sums {numbers.numel()} numbers to {numbers.sum().item<float>()}");

// Pretrains, finetunes, saves, loads in another context and evaluates.
var ml = new MLContext(seed: 1);
IDataView auxiliary = ml.FeatureReuse.GenerateImages(new() { Count = 2000, Seed = 1 });
var task = new GeneratedImagesOptions { Features = VisualFeatures.Colour | VisualFeatures.Shape, Levels = 2, Count = 100, Seed = 2 };
IDataView main = ml.FeatureReuse.GenerateImages(task);
IDataView test = ml.FeatureReuse.GenerateImages(task with { Count = 500, Seed = 3 });

using NetworkTransformer pretrained = ml.FeatureReuse.Pretrain(new()
{
    Architecture = NetworkArchitecture.SmallCnn,
    Training = new() { LearningRate = .02, MaximumEpochs = 3 },
}).Fit(auxiliary);
using var model = ml.FeatureReuse.Finetune(pretrained, new() { Training = new() { LearningRate = .02, MaximumEpochs = 30 } })
    .Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel")).Fit(main);

string path = Path.Combine(Path.GetTempPath(), $"consume-package-{Environment.ProcessId}.zip");
ml.Model.Save(model, main.Schema, path);
var elsewhere = new MLContext();
using (var loaded = (IDisposable)elsewhere.Model.Load(path, out _))
{
    MulticlassClassificationMetrics metrics = elsewhere.MulticlassClassification.Evaluate(((ITransformer)loaded).Transform(test));
    string version = typeof(NetworkTransformer).Assembly.GetName().Version!.ToString(3);
    Console.WriteLine($"FeatureReuse.MLNet {version}: accuracy {metrics.MicroAccuracy:F3} after loading");
}
File.Delete(path);
