namespace FeatureReuse.Tests;

/// <summary>Trains a small network on small images in a second.</summary>
internal static class FastTraining
{
    public static readonly TrainingOptions Options =
        new() { LearningRate = .05, BatchSize = 16, MaximumEpochs = 4, Seed = 1, Device = ComputeDevice.Cpu };

    /// <summary>Options of six epochs, whatever the loss.</summary>
    public static readonly TrainingOptions SixEpochs = Options with { LearningRate = .01, MaximumEpochs = 6, LossThreshold = 0 };

    public static TrainedClassifier Pretrained() => Train(Options, Images.Learnable(60));

    /// <summary>Trains on the given images; by default on 50.</summary>
    public static TrainedClassifier Train(TrainingOptions options, ImageStore? images = null)
        => FeatureTransfer.Pretrain(images ?? Images.Learnable(50), new(NetworkArchitecture.SmallCnn), options);
}
