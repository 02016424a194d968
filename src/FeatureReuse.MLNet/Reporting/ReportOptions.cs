namespace FeatureReuse;

/// <summary>Options of <see cref="FeatureReuseCatalog.SaveReport"/>.</summary>
public sealed record ReportOptions
{
    /// <summary>The page's heading. Default "Feature reuse".</summary>
    public string Title { get; init; } = "Feature reuse";

    /// <summary>How to make the report again; null where it was not made by a command. Default null.</summary>
    public string? Command { get; init; }

    /// <summary>The test data's label column: a key whose values are classes of the network. Default "Label".</summary>
    public string LabelColumnName { get; init; } = "Label";

    /// <summary>What the network was finetuned from; with it the report has signatures by layer, measured on the test images. Default null.</summary>
    public NetworkTransformer? Pretrained { get; init; }

    /// <summary>How signatures are measured.</summary>
    public SignatureOptions Signatures { get; init; } = new();

    /// <summary>Runs to compare. Default none.</summary>
    public IReadOnlyList<ReportedAccuracy> Accuracies { get; init; } = [];

    /// <summary>The most misclassified images to show. Default 12; 0 to 1000.</summary>
    public int WorstImages { get; init; } = 12;

    /// <summary>Ends the scoring at the next batch. Default none.</summary>
    public CancellationToken CancellationToken { get; init; }
}
