using Microsoft.ML.Runtime;

namespace FeatureReuse;

/// <summary>Trains only the readout of a pretrained network, whose features do not change.</summary>
/// <remarks>
/// Input: an image column of the shape that the network takes, and a label key with values. Output: see <see cref="NetworkTransformer"/>.
/// The pretrained network is not changed and must not be disposed before Fit returns. For a probe by one of ML.NET's own trainers see
/// <see cref="FeatureReuseCatalog.ExtractFeatures"/>.
/// </remarks>
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
