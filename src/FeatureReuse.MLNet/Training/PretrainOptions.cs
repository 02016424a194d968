using System.Collections.Immutable;

namespace FeatureReuse;

/// <summary>Options of <see cref="FeatureReuseCatalog.Pretrain"/>.</summary>
public sealed record PretrainOptions
{
    /// <summary>The label column: a key with values. Default "Label".</summary>
    public string LabelColumnName { get; init; } = "Label";

    /// <summary>The image column: Vector&lt;Byte&gt; or Vector&lt;Single&gt;, planes [channels, height, width]. Default "Image".</summary>
    public string ImageColumnName { get; init; } = "Image";

    /// <summary>The column of class probabilities. Default "Score".</summary>
    public string ScoreColumnName { get; init; } = "Score";

    /// <summary>The column of the most probable class. Default "PredictedLabel".</summary>
    public string PredictedLabelColumnName { get; init; } = "PredictedLabel";

    /// <summary>The architecture. Default <see cref="NetworkArchitecture.ResNet18"/>.</summary>
    public NetworkArchitecture Architecture { get; init; } = NetworkArchitecture.ResNet18;

    /// <summary>How pixels become the network's input. Default <see cref="InputNormalization.Symmetric"/>: 0..255 to [-1, 1].</summary>
    public InputNormalization Normalization { get; init; } = InputNormalization.Symmetric;

    /// <summary>The images' shape. Default null: from the column's type.</summary>
    public ImageShape? ImageShape { get; init; }

    /// <summary>The name of the head that is trained. Default "auxiliary".</summary>
    public string TaskName { get; init; } = FeatureTransfer.AuxiliaryTask;

    /// <summary>
    /// Tasks that get heads too, drawn with the others and not trained by this run: class names by task name. In the paper the main task's head is there from the
    /// start. Default none: finetuning draws its head when it needs it, which gives the same distribution unless weights decay.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> UntrainedTasks { get; init; } = ImmutableDictionary<string, IReadOnlyList<string>>.Empty;

    /// <summary>How to train.</summary>
    public TrainingOptions Training { get; init; } = new();
}
