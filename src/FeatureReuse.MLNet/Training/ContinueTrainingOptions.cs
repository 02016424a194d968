namespace FeatureReuse;

/// <summary>Options of <see cref="FeatureReuseCatalog.ContinueTraining"/>.</summary>
public sealed record ContinueTrainingOptions
{
    /// <summary>The label column: a key with values. Default "Label".</summary>
    public string LabelColumnName { get; init; } = "Label";

    /// <summary>The image column: Vector&lt;Byte&gt; or Vector&lt;Single&gt;, planes [channels, height, width]. Default "Image".</summary>
    public string ImageColumnName { get; init; } = "Image";

    /// <summary>The column of class probabilities. Default "Score".</summary>
    public string ScoreColumnName { get; init; } = "Score";

    /// <summary>The column of the most probable class. Default "PredictedLabel".</summary>
    public string PredictedLabelColumnName { get; init; } = "PredictedLabel";

    /// <summary>How to train.</summary>
    public TrainingOptions Training { get; init; } = new();
}
