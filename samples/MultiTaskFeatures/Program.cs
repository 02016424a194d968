using FeatureReuse;
using Microsoft.ML;
using Microsoft.ML.Data;
using MultiTaskFeatures;

// Inputs of 40 numbers, of which the labels of all tasks depend on one hidden subspace of 3 dimensions: signs of half-spaces in it.
const int Seed = 1;
var ml = new MLContext(Seed);
var tasks = new SubspaceTasks(Row.Inputs, subspace: 3, tasks: Row.Tasks, Seed);
IDataView pretraining = ml.Data.LoadFromEnumerable(Row.From(tasks.Draw(4_000)));

// relu(W x), with W learnt from all tasks at once (Collins et al., arXiv 2307.06887).
LearnedFeaturesTransformer learnt = ml.FeatureReuse.LearnFeatures(new() { Training = new() { Neurons = 128 } }).Fit(pretraining);
Console.WriteLine(FormattableString.Invariant($"share of the learnt weights in the hidden subspace: {learnt.Features.ComputeSubspaceEnergy(tasks.Basis):F3} (chance {3.0 / Row.Inputs:F3}), effective rank {learnt.Features.ComputeEffectiveRank():F1}"));

// A new task on the same subspace, of which there are few rows, for a linear trainer of ML.NET.
var downstream = new SubspaceTasks(Row.Inputs, subspace: 3, tasks: Row.Tasks, Seed, taskSeed: 1);
IDataView test = ml.Data.LoadFromEnumerable(Row.From(downstream.Draw(4_000)));
foreach (int count in new[] { 50, 100, 200, 400 })
{
    IDataView few = ml.Data.LoadFromEnumerable(Row.From(downstream.Draw(count)));
    Console.WriteLine(FormattableString.Invariant($"n = {count}: {Accuracy(few, "LearntFeatures"):F3} on learnt features, {Accuracy(few, "Features"):F3} on the inputs"));
}

double Accuracy(IDataView training, string column)
{
    IDataView With(IDataView rows) => ml.Transforms.Conversion.MapValueToKey("Target").Fit(training).Transform(learnt.Transform(rows));
    var trainer = ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy("Target", column, l1Regularization: 0, l2Regularization: .1f);
    return ml.MulticlassClassification.Evaluate(trainer.Fit(With(training)).Transform(With(test)), "Target").MicroAccuracy;
}
