namespace FeatureReuse;

/// <summary>How signatures are measured.</summary>
public sealed record SignatureOptions
{
    /// <summary>
    /// Whether batch normalisation uses the statistics of the images at hand, as the published numbers did, instead of its running statistics. Default false:
    /// the network as it predicts.
    /// </summary>
    public bool UseBatchStatistics { get; init; }

    /// <summary>Images of a forward pass, and so of a batch statistic. Default 256; 2 to 65,536.</summary>
    public int BatchSize { get; init; } = 256;

    /// <summary>Takes the mean over blocks of so many features instead of all at once; the published numbers of ViT used 4000. Default null; 1 or more.</summary>
    public int? FeatureBlock { get; init; }

    /// <summary>Multiplies the pretrained weights by the factors of all runs between the two networks, so that the comparison is with where finetuning started. Default true.</summary>
    public bool ApplyRescaling { get; init; } = true;

    /// <summary>Ends the measurement at the next batch. Default none.</summary>
    public CancellationToken CancellationToken { get; init; }

    internal void Validate()
    {
        Require.InRange(BatchSize, 2, 65_536, nameof(BatchSize));
        Require.InRange(FeatureBlock ?? 1, 1, int.MaxValue, nameof(FeatureBlock));
    }
}
