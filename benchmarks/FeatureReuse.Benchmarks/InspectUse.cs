using System.Diagnostics;
using System.Globalization;
using FeatureReuse.MLNet;
using FeatureReuse.Networks;
using FeatureReuse.Training;
using Microsoft.ML;

namespace FeatureReuse.Benchmarks;

/// <summary>Time and peak memory of the signatures of all layers of a ResNet-18 on 1,000 images.</summary>
internal static class InspectUse
{
    private const int Images = 1000;

    public static int Run(string folder, int rounds)
    {
        var ml = new MLContext(seed: 1);
        IDataView rows = ml.FeatureReuse.LoadCifar100(folder);
        TrainingOptions training = new() { MaximumEpochs = 1, Device = ComputeDevice.Cpu };
        using NetworkTransformer pretrained = ml.FeatureReuse.Pretrain(new() { LabelColumnName = "FineLabel", Network = Network.ResNet18, Training = training }).Fit(ml.Data.TakeRows(rows, 512));
        using NetworkTransformer finetuned = ml.FeatureReuse.Finetune(pretrained, new() { LabelColumnName = "FineLabel", Training = training }).Fit(ml.Data.TakeRows(rows, 512));
        long before = ResidentMemory.Now;
        List<double> seconds = [];
        for (int round = 0; round < rounds; round++)
        {
            var watch = Stopwatch.StartNew();
            ml.FeatureReuse.Inspect(pretrained, finetuned, ml.Data.TakeRows(rows, Images));
            seconds.Add(watch.Elapsed.TotalSeconds);
        }
        Console.WriteLine(new Sample($"signatures of all layers on {Images} images, seconds", seconds));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"resident before: {before / 1e6:F0} MB; peak: {ResidentMemory.Peak / 1e6:F0} MB"));
        return 0;
    }
}
