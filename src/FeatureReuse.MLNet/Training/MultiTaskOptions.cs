namespace FeatureReuse;

/// <summary>Options of <see cref="FeatureReuseCatalog.TrainMultiTask"/>.</summary>
public sealed record MultiTaskOptions
{
    /// <summary>The auxiliary task's rows: images of the main task's shape and pixel type, and labels of their own.</summary>
    public required IDataView Auxiliary { get; init; }

    /// <summary>The auxiliary task's label column: a key with values. Default "Label".</summary>
    public string AuxiliaryLabelColumnName { get; init; } = "Label";

    /// <summary>The auxiliary task's image column. Default null: as <see cref="ImageColumnName"/>.</summary>
    public string? AuxiliaryImageColumnName { get; init; }

    /// <summary>The main task's label column: a key with values. Default "Label".</summary>
    public string LabelColumnName { get; init; } = "Label";

    /// <summary>The main task's image column: Vector&lt;Byte&gt; or Vector&lt;Single&gt;, planes [channels, height, width]. Default "Image".</summary>
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

    /// <summary>How the tasks take turns, the auxiliary task's weight, and the heads' names. Default: the paper's.</summary>
    public TaskMixingOptions Mixing { get; init; } = new();

    /// <summary>How to train. The loss threshold is one of the weighted sum of both tasks' losses; validation and class weights are the main task's.</summary>
    public TrainingOptions Training { get; init; } = new();
}
