namespace FeatureReuse;

/// <summary>Trains a new network.</summary>
public sealed class PretrainEstimator : ClassifierEstimator
{
    private readonly PretrainOptions _options;

    internal PretrainEstimator(IHostEnvironment environment, PretrainOptions options)
        : base(environment, "FeatureReuse.Pretrain", options, options.ImageShape) => _options = options;

    private protected override TrainedClassifier Train(ImageStore images, TrainingOptions training)
        => FeatureTransfer.Pretrain(images, _options.Network, training, _options.TaskName, _options.UntrainedTasks);
}
