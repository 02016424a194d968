using System.Reflection;
using FeatureReuse;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.TorchSharp;
using MLNetTorchSharp;
using TorchSharp;

if (args.Length > 1)
{
    Console.Error.WriteLine("usage: MLNetTorchSharp [FOLDER]    (FOLDER receives the saved models)");
    return 2;
}
string folder = args is [string path] ? path : Path.Combine("artifacts", "mlnet-torchsharp");
NetworkArchitecture network = SmallAutoFormer.Architecture;
var ml = new MLContext(seed: 1);
const VisualFeatures Features = VisualFeatures.Colour | VisualFeatures.Shape;
IDataView Images(int levels, int count, int seed)
    => ml.FeatureReuse.GenerateImages(new() { Features = Features, Levels = levels, Count = count, Seed = seed });
IDataView auxiliary = Images(levels: 4, count: 2_000, seed: 1);
IDataView main = Images(levels: 2, count: 60, seed: 2);
IDataView test = Images(levels: 2, count: 400, seed: 3);

// ML.NET's modules learn from many images of 16 classes, then from few of 4.
TrainingOptions training = new()
{
    Optimizer = Optimizer.Adam,
    LearningRate = 3e-3,
    Schedule = LearningRateSchedule.OneCycle,
    BatchSize = 32,
    MaximumEpochs = 8,
    // The network is so small that threads would wait for each other.
    Threads = 1,
};
using NetworkTransformer pretrained = ml.FeatureReuse.Pretrain(new() { Architecture = network, Training = training }).Fit(auxiliary);
TrainingOptions finetuning = training with { LearningRate = 1e-3, MaximumEpochs = 20 };
using NetworkTransformer model = ml.FeatureReuse.Finetune(pretrained, new() { Training = finetuning }).Fit(main);
TrainingOptions longer = training with { MaximumEpochs = 40 };
using NetworkTransformer scratch = ml.FeatureReuse.Pretrain(new() { Architecture = network, Training = longer }).Fit(main);
AssemblyName library = typeof(TorchSharpCatalog).Assembly.GetName();
AssemblyName torchSharp = typeof(torch).Assembly.GetName();
long parameters = model.Network.parameters().Sum(parameter => parameter.numel());
Console.WriteLine($"{network.Name}: {parameters} parameters in modules of {library.Name} and a head, on TorchSharp {torchSharp.Version}");
double chance = 1.0 / model.ClassNames.Count;
Console.WriteLine(
    $"accuracy on held-out images: {Accuracy(model):F3} finetuned, {Accuracy(scratch):F3} from scratch, {chance:F3} by chance");
foreach (LayerSignature layer in ml.FeatureReuse.CompareLayers(pretrained, model, test).Where(layer => layer.Change > 0))
{
    Console.WriteLine(
        $"{layer.LayerName}: weights of norm {layer.PretrainedNorm:F2} moved by {layer.Change:F2}; features {layer.ReuseKind}");
}

// A program that loads them gives the architecture to Load, or adds it to its MLContext.
Directory.CreateDirectory(folder);
string weights = Path.Combine(folder, "model.safetensors");
string pipeline = Path.Combine(folder, "model.zip");
model.Save(weights);
ml.Model.Save(model, main.Schema, pipeline);
using NetworkTransformer fromWeights = NetworkTransformer.Load(weights, architectures: network);
ml.FeatureReuse.AddArchitecture(network);
using var fromPipeline = (IDisposable)ml.Model.Load(pipeline, out _);
float[] scores = Scores(model);
float[] loaded = Scores(fromWeights);
float[] loadedByModel = Scores((ITransformer)fromPipeline);
Console.WriteLine(
    $"largest change of a score: {Difference(loaded):G3} by Save and Load, {Difference(loadedByModel):G3} by those of ml.Model");
return 0;

double Accuracy(ITransformer transformer) => ml.MulticlassClassification.Evaluate(transformer.Transform(test)).MicroAccuracy;
float[] Scores(ITransformer transformer) => [.. transformer.Transform(test).GetColumn<float[]>("Score").SelectMany(row => row)];
float Difference(float[] others) => scores.Zip(others, (a, b) => Math.Abs(a - b)).Max();
