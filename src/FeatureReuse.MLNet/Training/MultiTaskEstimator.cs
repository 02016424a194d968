namespace FeatureReuse;

/// <summary>
/// Trains a new network on the main task, whose rows Fit takes, and on an auxiliary task, whose rows are in the options, together. Source:
/// Lippl and Lindsey, arXiv 2310.02396.
/// </summary>
public sealed class MultiTaskEstimator : ClassifierEstimator
{
    private readonly MultiTaskOptions _options;

    internal MultiTaskEstimator(IHostEnvironment environment, MultiTaskOptions options)
        : base(environment, "FeatureReuse.TrainMultiTask", options, options.ImageShape) => _options = options;

    private protected override TrainedClassifier Train(ImageStore images, TrainingOptions training)
    {
        string imageName = _options.AuxiliaryImageColumnName ?? _options.ImageColumnName;
        var columns = new LabelledColumns(_options.Auxiliary, imageName, images.Shape, _options.AuxiliaryLabelColumnName);
        ImageStore auxiliary = columns.Read(training.CancellationToken);
        return FeatureTransfer.TrainMultiTask(images, auxiliary, _options.Network, _options.Mixing, training);
    }
}
