namespace FeatureReuse;

/// <summary>Options of <see cref="FeatureReuseCatalog.SaveReport"/>.</summary>
public sealed record ReportOptions
{
    /// <summary>Gets the page's heading. Default "Feature reuse".</summary>
    public string Title { get; init; } = "Feature reuse";

    /// <summary>Gets the command that makes the report, to be shown in it. Default null: none.</summary>
    public string? Command { get; init; }

    /// <summary>Gets the test data's label column: a key whose values are classes of the network. Default "Label".</summary>
    public string LabelColumnName { get; init; } = "Label";

    /// <summary>Gets the network before finetuning; with it the report compares both by layer, on the test images. Default null.</summary>
    public NetworkTransformer? Pretrained { get; init; }

    /// <summary>Gets how the layers are compared.</summary>
    public SignatureOptions Signatures { get; init; } = new();

    /// <summary>Runs to compare. Default none.</summary>
    public IReadOnlyList<ReportedAccuracy> Accuracies { get; init; } = [];

    /// <summary>Gets the largest number of misclassified images to show. Default 12; 0 to 1000.</summary>
    public int WorstImages { get; init; } = 12;

    /// <summary>Cancels the scoring at the next batch. Default none.</summary>
    public CancellationToken CancellationToken { get; init; }
}
