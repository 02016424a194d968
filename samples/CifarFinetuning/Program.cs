using FeatureReuse;
using Microsoft.ML;
using Microsoft.ML.Data;

if (args is not [string folder])
{
    Console.Error.WriteLine("usage: CifarFinetuning FOLDER    (FOLDER has CIFAR-100 in its binary layout; see datasets/fetch-cifar100.sh)");
    return 2;
}

// Two of the 100 classes, drawn by the seed, are the main task, of which there are few images; the other 98 are the auxiliary task.
const int Seed = 1;
const int Images = 100;
var ml = new MLContext(Seed);
IDataView images, testImages;
try
{
    (images, testImages) = (ml.FeatureReuse.LoadCifar100(folder), ml.FeatureReuse.LoadCifar100(folder, CifarSplit.Test));
}
catch (Exception failure) when (failure is IOException or InvalidDataException)
{
    Console.Error.WriteLine(failure.Message);
    return 1;
}
images = ml.Data.ShuffleRows(images, Seed);
ClassSplit training = ml.FeatureReuse.SplitByClass(images, mainClasses: 2, Seed, "FineLabel");
IDataView auxiliary = ml.Data.TakeRows(training.Auxiliary, 12_000);
IDataView main = ml.Data.TakeRows(training.Main, Images);
IDataView test = ml.FeatureReuse.SplitByClass(testImages, mainClasses: 2, Seed, "FineLabel").Main;

var pretraining = new PretrainOptions
{
    Architecture = NetworkArchitecture.SmallCnn,
    Training = new() { LearningRate = .1, Schedule = LearningRateSchedule.OneCycle, MaximumEpochs = 8 },
};
Console.Error.WriteLine("Pretraining on 12,000 images of 98 classes ...");
using NetworkTransformer pretrained = ml.FeatureReuse.Pretrain(pretraining).Fit(auxiliary);

// Three ways to the main task. The last one chooses the factor of the weights by cross-validation on the images of the main task.
var recipe = new TrainingOptions { LearningRate = .01, MaximumEpochs = 300 };
Console.Error.WriteLine($"Training on {Images} images: from scratch ...");
using NetworkTransformer scratch = ml.FeatureReuse.Pretrain(pretraining with { Training = recipe }).Fit(main);
Console.Error.WriteLine("... pretrained ...");
using NetworkTransformer finetuned = ml.FeatureReuse.Finetune(pretrained, new() { Training = recipe }).Fit(main);
Console.Error.WriteLine("... with a factor chosen among four ...");
using NetworkTransformer rescaled = ml.FeatureReuse.Finetune(pretrained, new()
{
    Rescaling = RescalingChoice.From(.25f, .5f, 1, 2),
    Training = recipe,
}).Fit(main);

Console.WriteLine($"{Images} training images of {string.Join(" and ", finetuned.ClassNames)}; accuracy on the test images:");
Console.WriteLine($"{Accuracy(scratch):F3} trained from scratch");
Console.WriteLine($"{Accuracy(finetuned):F3} pretrained, then finetuned");
Console.WriteLine($"{Accuracy(rescaled):F3} pretrained, weights multiplied by {rescaled.LastTraining!.Rescaling}, then finetuned");
foreach (LayerSignature layer in ml.FeatureReuse.CompareLayers(pretrained, rescaled, main))
    Console.WriteLine($"{layer.LayerName}: {layer.FinetunedDimensions:F1} dimensions, {layer.SharedDimensions:F1} shared with pretraining");
return 0;

double Accuracy(NetworkTransformer model) => ml.MulticlassClassification.Evaluate(model.Transform(test)).MicroAccuracy;
