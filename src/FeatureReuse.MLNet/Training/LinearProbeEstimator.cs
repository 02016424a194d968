namespace FeatureReuse;

/// <summary>
/// Trains only the readout of a pretrained network, whose features do not change. For a probe by one of ML.NET's own trainers see
/// <see cref="FeatureReuseCatalog.ExtractFeatures"/>.
/// </summary>
public sealed class LinearProbeEstimator : ClassifierEstimator
{
    private readonly NetworkTransformer _pretrained;
    private readonly LinearProbeOptions _options;

    internal LinearProbeEstimator(IHostEnvironment environment, NetworkTransformer pretrained, LinearProbeOptions options)
        : base(environment, "FeatureReuse.LinearProbe", options, Require.NotNull(pretrained).Network.Input)
        => (_pretrained, _options) = (pretrained, options);

    private protected override TrainedClassifier Train(ImageStore images, TrainingOptions training)
        => FeatureTransfer.LinearProbe(_pretrained.Classifier, images, training, _options.TaskName);
}
