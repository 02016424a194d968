using Microsoft.ML;

namespace FeatureReuse.MLNet.Tests;

/// <summary>Holds options that train a small network on small images in a second.</summary>
internal static class FastTraining
{
    public static readonly TrainingOptions Options
        = new() { LearningRate = .02, BatchSize = 16, MaximumEpochs = 8, Device = ComputeDevice.Cpu };

    public static readonly PretrainOptions Pretraining = new() { Architecture = NetworkArchitecture.SmallCnn, Training = Options };

    public static NetworkTransformer Pretrained(MLContext ml, int classes = 3)
        => ml.FeatureReuse.Pretrain(Pretraining).Fit(LabelledRow.View(ml, 60, classes));
}
