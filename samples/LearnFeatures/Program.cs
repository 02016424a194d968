using FeatureReuse;
using Microsoft.ML;
using Microsoft.ML.Data;
using LearnFeatures;

if (args.Length > 0)
{
    Console.Error.WriteLine("usage: LearnFeatures    (it takes no arguments)");
    return 2;
}

// Inputs of 40 numbers. The label of each task says on which side of a random plane in a hidden subspace of 3 dimensions an input lies.
const int Seed = 1;
var ml = new MLContext(Seed);
var tasks = new SubspaceTasks(Row.Inputs, subspace: 3, tasks: Row.Tasks, Seed);
IDataView pretraining = ml.Data.LoadFromEnumerable(Row.From(tasks.Draw(4_000)));

// Learns relu(W x) from all tasks at once (Collins et al., arXiv 2307.06887).
LearnedFeaturesTransformer learned = ml.FeatureReuse.LearnFeatures(new() { Training = new() { Neurons = 128 } }).Fit(pretraining);
double energy = learned.Features.ComputeSubspaceEnergy(tasks.Basis);
Console.WriteLine($"fraction of the learned weights in the hidden subspace: {energy:F3} (chance {3.0 / Row.Inputs:F3})");
Console.WriteLine($"effective rank of the learned weights: {learned.Features.ComputeEffectiveRank():F1}");

// Trains a linear classifier of ML.NET on a new task on the same subspace, from few rows.
var downstream = new SubspaceTasks(Row.Inputs, subspace: 3, tasks: Row.Tasks, Seed, taskSeed: 1);
IDataView test = ml.Data.LoadFromEnumerable(Row.From(downstream.Draw(4_000)));
foreach (int count in new[] { 50, 100, 200, 400 })
{
    IDataView few = ml.Data.LoadFromEnumerable(Row.From(downstream.Draw(count)));
    Console.WriteLine(
        $"n = {count}: {Accuracy(few, "LearnedFeatures"):F3} on learned features, {Accuracy(few, "Features"):F3} on the inputs");
}
return 0;

double Accuracy(IDataView training, string column)
{
    IDataView With(IDataView rows) => ml.Transforms.Conversion.MapValueToKey("Target").Fit(training).Transform(learned.Transform(rows));
    var trainer = ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy("Target", column, l1Regularization: 0, l2Regularization: .1f);
    return ml.MulticlassClassification.Evaluate(trainer.Fit(With(training)).Transform(With(test)), "Target").MicroAccuracy;
}
