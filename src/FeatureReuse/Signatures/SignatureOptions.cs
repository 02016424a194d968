namespace FeatureReuse;

/// <summary>Configures how signatures of layers are measured.</summary>
public sealed record SignatureOptions
{
    /// <summary>Gets whether batch normalisation uses the measured images' statistics, as published numbers did. Default false.</summary>
    public bool UseBatchStatistics { get; init; }

    /// <summary>Gets the number of images per forward pass, and so per batch statistic. Default 256; 2 to 65,536.</summary>
    public int BatchSize { get; init; } = 256;

    /// <summary>
    /// Gets the size of the blocks of features to average over; it was 4000 for the published ViT. Default null: all. 1 or more.
    /// </summary>
    public int? FeatureBlock { get; init; }

    /// <summary>Gets whether the pretrained weights are first rescaled as finetuning rescaled them. Default true.</summary>
    public bool ApplyRescaling { get; init; } = true;

    /// <summary>Gets the token that stops the measurement before the next batch. Default none.</summary>
    public CancellationToken CancellationToken { get; init; }

    internal void Validate()
    {
        Require.InRange(BatchSize, 2, 65_536, nameof(BatchSize));
        Require.InRange(FeatureBlock ?? 1, 1, int.MaxValue, nameof(FeatureBlock));
    }
}
