using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;
using static TorchSharp.torch;

namespace FeatureReuse.MLNet.Tests.Files;

/// <summary>Writes the files of Goldens; Goldens/README.md says when. Between them they hold every kind of file, step and option.</summary>
internal static class GoldenModels
{
    private static readonly MLContext Ml = new(seed: 1);

    /// <summary>The network of the files: some 400 weights.</summary>
    public static readonly NetworkArchitecture Architecture = NetworkArchitecture.Create("GoldenFile", new()
    {
        CreateModule = (_, logits) => nn.Sequential(
            ("first", nn.Sequential(nn.Conv2d(3, 4, 3, stride: 2), nn.BatchNorm2d(4), nn.ReLU())),
            ("second", nn.Sequential(nn.Conv2d(4, 6, 3), nn.ReLU(), nn.Flatten())),
            ("head", nn.Linear(6, logits))),
        LayerNames = ["first", "second"],
        HeadName = "head",
    });

    private static readonly TrainingOptions Training = FastTraining.Options with { MaximumEpochs = 3 };

    /// <summary>Everything that has a state between steps.</summary>
    private static readonly TrainingOptions Interrupted = Training with
    {
        Optimizer = Optimizer.AdamW,
        Schedule = LearningRateSchedule.OneCycle,
        MaximumEpochs = 6,
        LossThreshold = 0,
        EarlyStopping = new() { ValidationFraction = .25 },
        Regularization = new() { L2SP = 1e-3, EmaDecay = .9 },
        Augmentation = Augmentation.Standard,
        Seed = 7,
    };

    public static void Write(string folder)
    {
        using NetworkTransformer network = Trained();
        IDataView rows = LabelledRow.View(Ml, 10, classes: 2);
        using FeatureTransformer features = Ml.FeatureReuse.ExtractFeatures(network, "Activations", layerName: "second").Fit(rows);
        ITransformer image = Ml.Transforms.CopyColumns("Image", "Pixels").Fit(rows);
        GoldenRows images = GoldenRows.OfImages([.. LabelledRow.Make(6, classes: 2, seed: 11).Select(row => row.Pixels)]);
        Save(folder, "images", images, new(image, network, features), ["Probabilities", "Activations"]);
        Save(folder, "vectors", GoldenRows.OfVectors(Vectors(6, seed: 12)), Shallow(), ["LearntFeatures", "Descent", "Limit", "Relu"]);
        network.Save(Path.Combine(folder, "network.safetensors"));
        network.ExportWeights(Path.Combine(folder, "weights.safetensors"));

        string checkpoints = Path.Combine(folder, "Checkpoint");
        Directory.CreateDirectory(checkpoints);
        foreach (string old in Directory.GetFiles(checkpoints))
            File.Delete(old);
        using var stop = new CancellationTokenSource();
        var listener = new Listener<TrainingProgress>(progress =>
        {
            if (progress is { Epoch: 3, Step: 2 })
                stop.Cancel();
        });
        TrainingOptions stopped =
            Interrupted with { Checkpoint = new() { Folder = checkpoints }, Progress = listener, CancellationToken = stop.Token };
        Assert.ThrowsExactly<TrainingCanceledException>(() => Continue(network, stopped));
        File.Delete(Path.Combine(checkpoints, "checkpoint-lock"));
        using NetworkTransformer continued = Continue(network, Interrupted);
        continued.Save(Path.Combine(folder, "continued.safetensors"));
    }

    /// <summary>Goes on with the training that the checkpoint is of, from the network that it began with, to its end.</summary>
    public static NetworkTransformer Continue(NetworkTransformer network, string checkpoints, out int firstEpoch)
    {
        List<int> epochs = [];
        var listener = new Listener<TrainingProgress>(progress => epochs.Add(progress.Epoch));
        NetworkTransformer continued =
            Continue(network, Interrupted with { Checkpoint = new() { Folder = checkpoints }, Progress = listener });
        firstEpoch = epochs[0];
        return continued;
    }

    private static NetworkTransformer Continue(NetworkTransformer network, TrainingOptions training)
        => Ml.FeatureReuse.ContinueTraining(network, new() { Training = training, ScoreColumnName = "Probabilities" })
            .Fit(LabelledRow.View(Ml, 60, classes: 2, seed: 8));

    private static NetworkTransformer Trained()
    {
        IDataView rows = LabelledRow.View(Ml, 60, classes: 2);
        using NetworkTransformer both = Ml.FeatureReuse.TrainMultiTask(new()
        {
            Auxiliary = LabelledRow.View(Ml, 60, classes: 3, seed: 4),
            Architecture = Architecture,
            Normalization = new() { PixelMaximum = 180, Mean = [.4f, .5f, .6f], StandardDeviation = [.3f, .2f, .1f] },
            TaskMixing = new()
            {
                Order = TaskMixing.MixedBatches, AuxiliaryWeight = .7, MainTask = "first task", AuxiliaryTask = "second task",
            },
            Training = Training with
            {
                Momentum = .8,
                LayerLearningRateFactors = new Dictionary<string, double> { ["first"] = .5 },
                GradualUnfreezingEpochs = 1,
                Schedule = LearningRateSchedule.Cosine,
                EarlyStopping = new() { ValidationFraction = .2, Patience = 1 },
                MaximumEpochs = 8,
                Augmentation = new()
                {
                    CropPadding = 1, FlipProbability = .25, Brightness = .1, Contrast = .2, Saturation = .3, CutoutSize = 2, MixUp = .4,
                },
                Regularization = new() { WeightDecay = 1e-4, L2SP = 1e-3, LabelSmoothing = .05, EmaDecay = .9, GradientClipNorm = 1.5 },
                ClassWeights = ClassWeights.From(1, 2),
                Threads = 1,
                Seed = 3,
            },
        }).Fit(rows);
        Rescaling second = Rescaling.ByLayer(new Dictionary<string, float> { ["second"] = .9f });
        using NetworkTransformer rescaled = Ml.FeatureReuse.RescaleWeights(both, second).Fit(rows);
        using NetworkTransformer finetuned = Ml.FeatureReuse.Finetune(rescaled, new()
        {
            ScoreColumnName = "Probabilities",
            Rescaling = RescalingChoice.From(.5f, Rescaling.WeightsOnly(.25f), Rescaling.OverDepth(.5f, 2)) with
            {
                Folds = 2,
                MaxDegreeOfParallelism = 1,
            },
            Signatures = new(),
            LinearProbe = Training with { Optimizer = Optimizer.Adam, LossThreshold = 100 },
            Training = Training with
            {
                Optimizer = Optimizer.AdamW,
                LearningRate = .01,
                Schedule = LearningRateSchedule.OneCycle,
                Precision = Precision.BFloat16,
                ClassWeights = ClassWeights.Balanced,
            },
        }).Fit(rows);
        return Ml.FeatureReuse.Calibrate(finetuned).Fit(LabelledRow.View(Ml, 40, classes: 2, seed: 5));
    }

    private static TransformerChain<ITransformer> Shallow()
    {
        var random = new Random(2);
        IDataView rows = Ml.Data.LoadFromEnumerable(Vectors(60, seed: 1).Select(values => new VectorRow
        {
            Features = values,
            Label = values[0] - .5f * values[2],
            Labels = [random.Next(2), values[1] > .5f ? 1 : 0],
        }));
        GradientDescentOptions descent = new()
        {
            LearningRate = .05, LossThreshold = 1e-4, MaximumEpochs = 300, BatchSize = 16, Threads = 1, Seed = 6,
        };
        DiagonalLinearTransformer pretrained = Ml.Regression.Trainers.DiagonalLinear(new() { Training = descent }).Fit(rows);
        return new(
            Ml.FeatureReuse.LearnFeatures(new()
            {
                OutputColumnName = "LearntFeatures",
                Training = new()
                {
                    Neurons = 5,
                    Steps = 4,
                    HeadSamples = 20,
                    RepresentationSamples = 30,
                    HeadLearningRate = .5,
                    RelativeStep = .1,
                    Decay = .02,
                    Order = UpdateOrder.Simultaneous,
                    Seed = 9,
                },
            }).Fit(rows),
            Ml.Regression.Trainers.DiagonalLinear(new()
            {
                ScoreColumnName = "Descent",
                Pretrained = pretrained,
                Rescaling = .5,
                ReadoutScale = .01,
                InitialScale = .2,
                Rebalance = true,
                ReadoutOnly = true,
                Training = descent,
            }).Fit(rows),
            Ml.Regression.Trainers.DiagonalLinear(new()
            {
                ScoreColumnName = "Limit", InitialScale = .1, Solver = DiagonalSolver.GradientFlowLimit,
            }).Fit(rows),
            Ml.Regression.Trainers.TwoLayerRelu(new()
            {
                ScoreColumnName = "Relu", HiddenUnits = 7, ReadoutScale = .02, InitialScale = .3, Training = descent,
            }).Fit(rows));
    }

    private static float[][] Vectors(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, 4).Select(_ => random.NextSingle()).ToArray())];
    }

    private static void Save(string folder, string name, GoldenRows rows, TransformerChain<ITransformer> chain, string[] columns)
    {
        IDataView data = rows.View(Ml);
        Ml.Model.Save(chain, data.Schema, Path.Combine(folder, name + ".zip"));
        IDataView scored = chain.Transform(data);
        GoldenRows complete = rows with { Outputs = columns.ToDictionary(column => column, column => GoldenRows.Values(scored, column)) };
        File.WriteAllText(Path.Combine(folder, name + ".json"), JsonSerializer.Serialize(complete));
    }
}
