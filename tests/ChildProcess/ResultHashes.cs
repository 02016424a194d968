using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace FeatureReuse.ChildProcess;

/// <summary>Prints one line per kind of training: a hash of its results for fixed seeds, which differs where a single bit does.</summary>
internal static class ResultHashes
{
    private static readonly GeneratedImagesOptions Images = new() { Features = VisualFeatures.Colour, Levels = 2, Count = 70, Seed = 1 };

    private static readonly TrainingOptions Training
        = new() { LearningRate = .01, BatchSize = 32, MaximumEpochs = 2, LossThreshold = 0, Device = ComputeDevice.Cpu };

    private static readonly Augmentation Augmented
        = Augmentation.Standard with { MixUp = .2, CutoutSize = 8, Brightness = .2, Contrast = .2, Saturation = .2 };

    private static readonly (string Kind, Func<float[]> Compute)[] Kinds =
    [
        ("SGD with momentum", () => Deep(NetworkArchitecture.SmallCnn, Training with { Optimizer = Optimizer.Sgd })),
        ("Adam", () => Deep(NetworkArchitecture.SmallCnn, Training with { Optimizer = Optimizer.Adam, LearningRate = 1e-3 })),
        ("AdamW, augmented, averaged", () => Deep(
            NetworkArchitecture.SmallCnn,
            Training with
            {
                Optimizer = Optimizer.AdamW,
                LearningRate = 1e-3,
                Augmentation = Augmented,
                Regularization = new() { EmaDecay = .9, LabelSmoothing = .1 },
            })),
        ("bfloat16", () => Deep(NetworkArchitecture.SmallCnn, Training with { Precision = Precision.BFloat16 })),
        ("ResNet-18", () => Deep(NetworkArchitecture.ResNet18, Training with { BatchSize = 8, MaximumEpochs = 1 }, images: 16, scored: 9)),
        ("ViT", () => Deep(
            NetworkArchitecture.ViT, Training with { BatchSize = 4, Optimizer = Optimizer.Adam, LearningRate = 1e-3, MaximumEpochs = 1 },
            images: 8, scored: 5)),
        ("probe", Probe),
        ("diagonal", () => Diagonal(atLimit: false)),
        ("diagonal at the limit", () => Diagonal(atLimit: true)),
        ("ReLU", Relu),
        ("features of many tasks", ManyTasks),
    ];

    public static int Print()
    {
        List<byte[]> clutter = [];
        foreach ((string kind, Func<float[]> compute) in Kinds)
        {
            string first = HashOf(compute());
            // The second time the numbers lie at other addresses.
            clutter.Add(new byte[100_003]);
            using TorchSharp.torch.Tensor native = TorchSharp.torch.zeros(12_345 + clutter.Count);
            string second = HashOf(compute());
            Console.WriteLine(first == second ? $"{kind}: {first}" : $"{kind}: not twice the same in one process");
        }
        return 0;
    }

    private static float[] Deep(NetworkArchitecture network, TrainingOptions training, int images = 70, int scored = 261)
    {
        var ml = new MLContext(seed: 3);
        using NetworkTransformer model = ml.FeatureReuse.Pretrain(new() { Architecture = network, Training = training })
            .Fit(ml.FeatureReuse.GenerateImages(Images with { Count = images }));
        return Scores(ml, model, scored);
    }

    private static float[] Probe()
    {
        var ml = new MLContext(seed: 3);
        var options = new PretrainOptions { Architecture = NetworkArchitecture.SmallCnn, Training = Training };
        using NetworkTransformer pretrained = ml.FeatureReuse.Pretrain(options).Fit(ml.FeatureReuse.GenerateImages(Images));
        using NetworkTransformer model = ml.FeatureReuse
            .LinearProbe(pretrained, new() { Training = Training with { Optimizer = Optimizer.Adam } })
            .Fit(ml.FeatureReuse.GenerateImages(Images with { Seed = 2 }));
        return Scores(ml, model);
    }

    /// <summary>Scores one image, a few, and more than a batch.</summary>
    private static float[] Scores(MLContext ml, NetworkTransformer model, int images = 261)
        => [.. from count in (int[])[1, 3, images]
               let rows = ml.FeatureReuse.GenerateImages(Images with { Count = count, Seed = 9 })
               from scores in model.Transform(rows).GetColumn<float[]>("Score")
               from score in scores
               select score];

    private static float[] Diagonal(bool atLimit)
    {
        RegressionSamples rows = TeacherPair.CreateDiagonal(new() { Dimension = 200, Active = 5, AuxiliaryActive = 20 })
            .Sample(TeacherTask.Main, 60);
        var network = new DiagonalNetwork(200, scale: .1);
        if (atLimit)
            return network.FindGradientFlowLimit(rows).GetCoefficients();
        network.Train([rows], new() { LearningRate = .1, MaximumEpochs = 500 });
        return network.GetCoefficients();
    }

    private static float[] Relu()
    {
        RegressionSamples rows = TeacherPair.CreateRelu(new()).Sample(TeacherTask.Main, 100);
        var network = new TwoLayerReluNetwork(rows.Width, hiddenUnits: 200, scale: .1, seed: 4);
        network.Train([rows], new() { LearningRate = .1, MaximumEpochs = 75, BatchSize = 32 });
        return [.. Enumerable.Range(0, 200).SelectMany(network.GetUnit), .. network.GetReadout()];
    }

    private static float[] ManyTasks()
    {
        var tasks = new SubspaceTasks(40, 3, 30, seed: 1);
        LearnedFeatures features = FeatureLearning.Train(tasks.Draw, new() { Neurons = 64, Seed = 1, Steps = 20 });
        return [.. Enumerable.Range(0, features.NeuronCount).SelectMany(neuron => features.GetNeuron(neuron).ToArray())];
    }

    private static string HashOf(float[] numbers) => Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes<float>(numbers)))[..16];
}
