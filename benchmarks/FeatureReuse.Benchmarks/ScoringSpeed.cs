using System.Diagnostics;
using System.Globalization;
using FeatureReuse.Datasets;
using FeatureReuse.MLNet;
using FeatureReuse.Networks;
using FeatureReuse.Training;
using Microsoft.ML;
using TorchSharp;
using static TorchSharp.torch;

namespace FeatureReuse.Benchmarks;

/// <summary>Scoring the 10,000 test images through the pipeline against forward passes of tensors that lie ready.</summary>
internal static class ScoringSpeed
{
    private const int BatchSize = 256;

    public static int Run(string folder, int rounds)
    {
        var ml = new MLContext(seed: 1);
        var options = new PretrainOptions
        {
            LabelColumnName = "FineLabel",
            Network = Network.ResNet18,
            Training = new TrainingOptions { MaximumEpochs = 1, Device = ComputeDevice.Cpu },
        };
        using NetworkTransformer model = ml.FeatureReuse.Pretrain(options).Fit(ml.Data.TakeRows(ml.FeatureReuse.LoadCifar100(folder), 1024));
        IDataView test = ml.FeatureReuse.LoadCifar100(folder, CifarSplit.Test);
        using Tensor images = Images(Path.Combine(folder, "test.bin"));
        int count = (int)images.shape[0];
        List<double> pipeline = [];
        List<double> bare = [];
        for (int round = -1; round < rounds; round++)
        {
            var watch = Stopwatch.StartNew();
            double accuracy = ml.MulticlassClassification.Evaluate(model.Transform(test), labelColumnName: "FineLabel").MicroAccuracy;
            double pipelineSeconds = watch.Elapsed.TotalSeconds;
            watch.Restart();
            Forward(model.Network, images);
            double bareSeconds = watch.Elapsed.TotalSeconds;
            if (round >= 0)
            {
                pipeline.Add(count / pipelineSeconds);
                bare.Add(count / bareSeconds);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"round {round + 1}: pipeline {pipeline[^1]:F0}, bare {bare[^1]:F0} images/s (accuracy {accuracy:P1})"));
            }
        }
        var mine = new Sample("Transform + Evaluate, images/s", pipeline);
        var other = new Sample("bare forward passes, images/s", bare);
        Console.WriteLine(mine);
        Console.WriteLine(other);
        Console.WriteLine(mine.RatioTo(other));
        return 0;
    }

    private static void Forward(ImageClassifier network, Tensor images)
    {
        using IDisposable frozen = no_grad();
        for (long start = 0; start < images.shape[0]; start += BatchSize)
        {
            using DisposeScope scope = NewDisposeScope();
            network.call(images.narrow(0, start, Math.Min(BatchSize, images.shape[0] - start)));
        }
    }

    private static Tensor Images(string path)
    {
        byte[] records = File.ReadAllBytes(path);
        const int recordLength = 3074;
        using DisposeScope scope = NewDisposeScope();
        return tensor(records, [records.Length / recordLength, recordLength]).narrow(1, 2, 3072).reshape(-1, 3, 32, 32).contiguous().MoveToOuterDisposeScope();
    }
}
