using Microsoft.ML.Runtime;

namespace FeatureReuse;

/// <summary>LP: trains only the readout of a pretrained network, whose features stay as they are.</summary>
/// <remarks>
/// Input: an image column of the shape that the network takes, and a label key with values. Output: see
/// <see cref="NetworkTransformer"/>. The pretrained network stays as it was and must not be disposed before Fit returns. For a
/// probe by one of ML.NET's own trainers see <see cref="FeatureReuseCatalog.ExtractFeatures"/>.
/// </remarks>
public sealed class LinearProbeEstimator : ClassifierEstimator
{
    private readonly NetworkTransformer _pretrained;
    private readonly LinearProbeOptions _options;

    internal LinearProbeEstimator(IHostEnvironment environment, NetworkTransformer pretrained, LinearProbeOptions options)
        : base(environment, "FeatureReuse.LinearProbe", options.LabelColumnName,
            new ScoringColumns(options.ImageColumnName, options.ScoreColumnName, options.PredictedLabelColumnName), Require.NotNull(pretrained).Network.Input, options.Training)
    {
        Require.NotEmpty(options.TaskName, nameof(options.TaskName));
        _pretrained = pretrained;
        _options = options;
    }

    private protected override TrainedClassifier Train(ImageStore images, TrainingOptions options)
        => FeatureTransfer.LinearProbe(_pretrained.Classifier, images, options, _options.TaskName);
}
