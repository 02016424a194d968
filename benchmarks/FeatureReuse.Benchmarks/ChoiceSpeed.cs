using System.Diagnostics;
using System.Globalization;
using FeatureReuse.MLNet;
using FeatureReuse.Networks;
using FeatureReuse.Reuse;
using FeatureReuse.Training;
using Microsoft.ML;

namespace FeatureReuse.Benchmarks;

/// <summary>Choosing among five factors: runs side by side, and the same runs one after another, with one thread each and with all.</summary>
internal static class ChoiceSpeed
{
    private const int Images = 100;

    public static int Run(string folder, int rounds, Network network)
    {
        var ml = new MLContext(seed: 1);
        IDataView rows = ml.FeatureReuse.LoadCifar100(folder);
        var split = rows.SplitTasks("FineLabel", mainClasses: 2, seed: 1);
        IDataView main = ml.Data.TakeRows(split.Main, Images);
        using NetworkTransformer pretrained = ml.FeatureReuse.Pretrain(new() { Network = network, Training = new() { MaximumEpochs = 1, Device = ComputeDevice.Cpu } }).Fit(ml.Data.TakeRows(split.Auxiliary, 2560));
        TrainingOptions training = new() { LearningRate = .01, MaximumEpochs = 20, LossThreshold = 0, Device = ComputeDevice.Cpu };
        double Seconds(RescalingChoice choice)
        {
            var watch = Stopwatch.StartNew();
            ml.FeatureReuse.Finetune(pretrained, new() { Rescaling = choice, Training = training }).Fit(main).Dispose();
            return watch.Elapsed.TotalSeconds;
        }
        // The runs of the folds as one would write them without a choice: four fifths of the images, five factors, five times, and the winner.
        double Loop()
        {
            var watch = Stopwatch.StartNew();
            IDataView fold = ml.Data.TakeRows(main, Images * 4 / 5);
            foreach (Rescaling candidate in Enumerable.Repeat(RescalingChoice.Default.Candidates, 5).SelectMany(candidates => candidates))
            {
                ml.FeatureReuse.Finetune(pretrained, new() { Rescaling = candidate, Training = training }).Fit(fold).Dispose();
            }
            ml.FeatureReuse.Finetune(pretrained, new() { Training = training }).Fit(main).Dispose();
            return watch.Elapsed.TotalSeconds;
        }
        List<double> together = [];
        List<double> inTurn = [];
        List<double> loop = [];
        for (int round = -1; round < rounds; round++)
        {
            double first = Seconds(RescalingChoice.Default);
            double second = Seconds(RescalingChoice.Default with { Parallel = 1 });
            double third = Loop();
            if (round >= 0)
            {
                together.Add(first);
                inTurn.Add(second);
                loop.Add(third);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"round {round + 1}: side by side {first:F1}, one after another {second:F1}, one after another with all threads {third:F1} s"));
            }
        }
        var mine = new Sample("side by side, seconds", together);
        var single = new Sample("one after another, one thread, seconds", inTurn);
        var all = new Sample("one after another, all threads, seconds", loop);
        Console.WriteLine(mine);
        Console.WriteLine(single);
        Console.WriteLine(all);
        Console.WriteLine($"against one thread: {mine.RatioTo(single)}");
        Console.WriteLine($"against all threads: {mine.RatioTo(all)}");
        return 0;
    }
}
