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

    /// <summary>Gets how the layers are compared; <see cref="CancellationToken"/> replaces its token.</summary>
    public SignatureOptions Signatures { get; init; } = new();

    /// <summary>Gets the runs whose accuracies the report compares. Default none.</summary>
    public IReadOnlyList<ReportedAccuracy> Accuracies { get; init; } = [];

    /// <summary>Gets the largest number of misclassified images to show. Default 12; 0 to 1000.</summary>
    public int WorstImages { get; init; } = 12;

    /// <summary>Gets the token that stops scoring and comparing before the next batch. Default none.</summary>
    public CancellationToken CancellationToken { get; init; }

    internal void Validate()
    {
        Require.NotEmpty(LabelColumnName, nameof(LabelColumnName));
        Require.NotNull(Signatures).Validate();
        Require.InRange(WorstImages, 0, Confusion.MaximumWorstImages, nameof(WorstImages));
    }
}
