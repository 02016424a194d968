using Microsoft.ML.Runtime;

namespace FeatureReuse;

/// <summary>Trains a new network on labelled images.</summary>
/// <remarks>
/// Input: an image column, Vector&lt;Byte&gt; or Vector&lt;Single&gt;, and a label key with values. Output: see
/// <see cref="NetworkTransformer"/>. Needs no normalisation before it, reads the data once, and trains on a GPU if there is one.
/// </remarks>
public sealed class PretrainEstimator : ClassifierEstimator
{
    private readonly PretrainOptions _options;

    internal PretrainEstimator(IHostEnvironment environment, PretrainOptions options)
        : base(environment, "FeatureReuse.Pretrain", options, options.ImageShape) => _options = options;

    private protected override TrainedClassifier Train(ImageStore images, TrainingOptions training)
        => FeatureTransfer.Pretrain(images, _options.Network, training, _options.TaskName, _options.UntrainedTasks);
}
