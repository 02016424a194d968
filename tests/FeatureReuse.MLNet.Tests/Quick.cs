using Microsoft.ML;

namespace FeatureReuse.MLNet.Tests;

/// <summary>Settings under which the small images are learnt in a second.</summary>
internal static class Quick
{
    public static readonly TrainingOptions Training = new() { LearningRate = .02, BatchSize = 16, MaximumEpochs = 8,
        Device = ComputeDevice.Cpu };

    public static readonly PretrainOptions Pretraining = new() { Architecture = NetworkArchitecture.SmallCnn, Training = Training };

    public static NetworkTransformer Pretrained(MLContext ml, int classes = 3)
        => ml.FeatureReuse.Pretrain(Pretraining).Fit(LabelledRow.View(ml, 60, classes));
}
