namespace FeatureReuse;

/// <summary>Options of <see cref="FeatureReuseCatalog.Finetune"/>.</summary>
public sealed record FinetuneOptions
{
    /// <summary>The label column: a key with values. Default "Label".</summary>
    public string LabelColumnName { get; init; } = "Label";

    /// <summary>The image column: Vector&lt;Byte&gt; or Vector&lt;Single&gt;, planes [channels, height, width]. Default "Image".</summary>
    public string ImageColumnName { get; init; } = "Image";

    /// <summary>The column of class probabilities. Default "Score".</summary>
    public string ScoreColumnName { get; init; } = "Score";

    /// <summary>The column of the most probable class. Default "PredictedLabel".</summary>
    public string PredictedLabelColumnName { get; init; } = "PredictedLabel";

    /// <summary>
    /// By what the pretrained weights are multiplied first, or candidates to choose from: <c>Rescaling = 0.125f</c>, <c>Rescaling = RescalingChoice.PaperFactors</c>.
    /// Default 1; above 0, at most 1000. The paper's factors are .125, .25, .5, 1 and 2; smaller ones tend towards a sparse selection of the pretrained features.
    /// </summary>
    public RescalingChoice Rescaling { get; init; } = RescalingChoice.None;

    /// <summary>The name of the head that is trained; a new one unless the network has it. Default "main".</summary>
    public string TaskName { get; init; } = FeatureTransfer.MainTask;

    /// <summary>
    /// LP-FT: trains the readout alone first, in this way, so that finetuning does not distort features for a head that knows nothing yet (Kumar et al. 2022,
    /// arXiv 2202.10054). Default null: all parameters at once.
    /// </summary>
    public TrainingOptions? LinearProbe { get; init; }

    /// <summary>
    /// Compares every layer before and after on the training images, and keeps the table with the model, in <see cref="RunRecord.Signatures"/>. Default null: not.
    /// For other images see <see cref="FeatureReuseCatalog.CompareLayers"/>.
    /// </summary>
    public SignatureOptions? Signatures { get; init; }

    /// <summary>How to train.</summary>
    public TrainingOptions Training { get; init; } = new();
}
