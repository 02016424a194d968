using Microsoft.ML.Runtime;

namespace FeatureReuse;

/// <summary>Trains a new network on labelled images.</summary>
/// <remarks>
/// Input: an image column, Vector&lt;Byte&gt; or Vector&lt;Single&gt;, and a label key with values. Output: see <see cref="NetworkTransformer"/>.
/// Needs no normalisation before it, reads the data once, and trains on a GPU where there is one.
/// </remarks>
public sealed class PretrainEstimator : ClassifierEstimator
{
    private readonly PretrainOptions _options;

    internal PretrainEstimator(IHostEnvironment environment, PretrainOptions options)
        : base(environment, "FeatureReuse.Pretrain", options.LabelColumnName,
            new ScoringColumns(options.ImageColumnName, options.ScoreColumnName, options.PredictedLabelColumnName), options.ImageShape, options.Training)
    {
        Require.NotNull(options.Architecture, nameof(options.Architecture));
        Require.NotNull(options.Normalization, nameof(options.Normalization)).Validate();
        Require.NotEmpty(options.TaskName, nameof(options.TaskName));
        _options = options;
    }

    private protected override TrainedClassifier Train(ImageStore images, TrainingOptions options)
        => FeatureTransfer.Pretrain(images, _options.Architecture, _options.Normalization, options, _options.TaskName, Require.NotNull(_options.UntrainedTasks));
}
