using Microsoft.ML;

namespace FeatureReuse.Benchmarks;

/// <summary>The library's training of ResNet-18: a whole Fit, which reads the file, builds the network and trains one epoch.</summary>
internal static class LibraryTraining
{
    public const int BatchSize = 128;

    public static double SecondsOfFit(string folder, int images, Precision precision = Precision.Float32)
    {
        var ml = new MLContext(seed: 1);
        return Timing.SecondsOf(() => Fit(ml, folder, images, precision).Dispose());
    }

    public static NetworkTransformer Fit(MLContext ml, string folder, int images, Precision precision = Precision.Float32)
    {
        var options = new PretrainOptions
        {
            LabelColumnName = "FineLabel",
            Architecture = NetworkArchitecture.ResNet18,
            Training = new TrainingOptions { MaximumEpochs = 1, BatchSize = BatchSize, Device = ComputeDevice.Cpu, Precision = precision },
        };
        return ml.FeatureReuse.Pretrain(options).Fit(ml.Data.TakeRows(ml.FeatureReuse.LoadCifar100(folder), images));
    }
}
