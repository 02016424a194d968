namespace FeatureReuse;

/// <summary>Options of <see cref="FeatureReuseCatalog.LinearProbe"/>.</summary>
public sealed record LinearProbeOptions
{
    /// <summary>The label column: a key with values. Default "Label".</summary>
    public string LabelColumnName { get; init; } = "Label";

    /// <summary>The image column: Vector&lt;Byte&gt; or Vector&lt;Single&gt;, planes [channels, height, width]. Default "Image".</summary>
    public string ImageColumnName { get; init; } = "Image";

    /// <summary>The column of class probabilities. Default "Score".</summary>
    public string ScoreColumnName { get; init; } = "Score";

    /// <summary>The column of the most probable class. Default "PredictedLabel".</summary>
    public string PredictedLabelColumnName { get; init; } = "PredictedLabel";

    /// <summary>The name of the head that is trained; a new one unless the network has it. Default "main".</summary>
    public string TaskName { get; init; } = FeatureTransfer.MainTask;

    /// <summary>How to train the readout. Default: Adam with learning rate .01, at most 300 epochs.</summary>
    public TrainingOptions Training { get; init; } = new() { Optimizer = Optimizer.Adam, LearningRate = .01, MaximumEpochs = 300 };
}
