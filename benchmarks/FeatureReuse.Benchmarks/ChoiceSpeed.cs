using Microsoft.ML;

namespace FeatureReuse.Benchmarks;

/// <summary>
/// Choosing among five factors: runs side by side, and the same runs one after another, with one thread each and with all.
/// </summary>
internal static class ChoiceSpeed
{
    /// <param name="folder">CIFAR-100.</param>
    /// <param name="images">Images of the main task.</param>
    /// <param name="rounds">How many.</param>
    /// <param name="network">What learns.</param>
    public static void Run(string folder, int images, int rounds, NetworkArchitecture network)
    {
        var table = new ComparisonTable(Versions.Line());
        var ml = new MLContext(seed: 1);
        IDataView rows = ml.FeatureReuse.LoadCifar100(folder);
        var split = ml.FeatureReuse.SplitByClass(rows, mainClasses: 2, seed: 1, "FineLabel");
        IDataView main = ml.Data.TakeRows(split.Main, images);
        PretrainOptions pretraining = new() { Architecture = network, Training = new() { MaximumEpochs = 1, Device = ComputeDevice.Cpu } };
        using NetworkTransformer pretrained = ml.FeatureReuse.Pretrain(pretraining).Fit(ml.Data.TakeRows(split.Auxiliary, 2560));
        TrainingOptions training = new() { LearningRate = .01, MaximumEpochs = 20, LossThreshold = 0, Device = ComputeDevice.Cpu };
        double Seconds(RescalingChoice choice)
        {
            FinetuneOptions options = new() { Rescaling = choice, Training = training };
            return Timing.SecondsOf(() => ml.FeatureReuse.Finetune(pretrained, options).Fit(main).Dispose());
        }
        // The runs of the folds as one would write them without a choice: four fifths of the images, five factors, five times, and the
        // winner.
        void Loop()
        {
            IDataView fold = ml.Data.TakeRows(main, images * 4 / 5);
            foreach (Rescaling candidate in Enumerable.Repeat(RescalingChoice.PaperFactors.Candidates, 5)
                .SelectMany(candidates => candidates))
            {
                ml.FeatureReuse.Finetune(pretrained, new() { Rescaling = candidate, Training = training }).Fit(fold).Dispose();
            }

            ml.FeatureReuse.Finetune(pretrained, new() { Training = training }).Fit(main).Dispose();
        }
        IReadOnlyList<Sample> samples = PairedRounds.Measure(
            rounds,
            new Contender("side by side", () => Seconds(RescalingChoice.PaperFactors)),
            new Contender("one after another, one thread", () => Seconds(RescalingChoice.PaperFactors with { MaxDegreeOfParallelism = 1 })),
            new Contender("one after another, all threads", () => Timing.SecondsOf(Loop)));
        table.Add($"choice of a factor for {network}", Unit.Seconds, samples[0], samples[1], samples[2]);
    }
}
