using System.Diagnostics;
using System.Globalization;
using FeatureReuse.MLNet;
using FeatureReuse.Networks;
using FeatureReuse.Training;
using Microsoft.ML;

namespace FeatureReuse.Benchmarks;

/// <summary>Whole epochs of ResNet-18 at batch 128: reading, building and training by Fit against the loop alone in PyTorch.</summary>
internal static class TrainingSpeed
{
    private const int BatchSize = 128;

    public static int Run(string folder, int images, int rounds, string python)
    {
        using var peer = new PythonPeer(python, "train_resnet18.py", Path.Combine(folder, "train.bin"), $"{images}", $"{BatchSize}");
        Ours(folder, BatchSize * 4);
        peer.Ask("epoch");
        List<double> ours = [];
        List<double> theirs = [];
        for (int round = 0; round < rounds; round++)
        {
            ours.Add(images / Ours(folder, images));
            theirs.Add(images / peer.Ask("epoch"));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"round {round + 1}: Fit {ours[^1]:F0}, PyTorch {theirs[^1]:F0} images/s"));
        }
        var mine = new Sample("Fit, images/s", ours);
        var other = new Sample("PyTorch, images/s", theirs);
        Console.WriteLine(mine);
        Console.WriteLine(other);
        Console.WriteLine(mine.RatioTo(other));
        return 0;
    }

    /// <summary>Seconds of a whole Fit of one epoch: reading the file, building the network, training.</summary>
    private static double Ours(string folder, int images)
    {
        var ml = new MLContext(seed: 1);
        IDataView rows = ml.Data.TakeRows(ml.FeatureReuse.LoadCifar100(folder), images);
        var options = new PretrainOptions
        {
            LabelColumnName = "FineLabel",
            Network = Network.ResNet18,
            Training = new TrainingOptions { MaximumEpochs = 1, BatchSize = BatchSize, Device = ComputeDevice.Cpu },
        };
        var watch = Stopwatch.StartNew();
        using NetworkTransformer model = ml.FeatureReuse.Pretrain(options).Fit(rows);
        return watch.Elapsed.TotalSeconds;
    }
}
