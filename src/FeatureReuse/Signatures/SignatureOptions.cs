namespace FeatureReuse;

/// <summary>Configures how signatures of layers are measured.</summary>
public sealed record SignatureOptions
{
    /// <summary>
    /// Gets whether batch normalisation uses the statistics of the images being measured, as the published numbers did, instead of its
    /// running statistics. Default false: the network as it predicts.
    /// </summary>
    public bool UseBatchStatistics { get; init; }

    /// <summary>Gets the number of images per forward pass, and so per batch statistic. Default 256; 2 to 65,536.</summary>
    public int BatchSize { get; init; } = 256;

    /// <summary>
    /// Gets the size of the blocks of features over which results are averaged; the published numbers of ViT used 4000. Default null: all
    /// features at once. 1 or more.
    /// </summary>
    public int? FeatureBlock { get; init; }

    /// <summary>
    /// Gets whether the pretrained weights are multiplied by the factors of all runs between the two networks, so that the comparison is
    /// with the weights that finetuning started from. Default true.
    /// </summary>
    public bool ApplyRescaling { get; init; } = true;

    /// <summary>Gets the token that stops the measurement before the next batch. Default none.</summary>
    public CancellationToken CancellationToken { get; init; }

    internal void Validate()
    {
        Require.InRange(BatchSize, 2, 65_536, nameof(BatchSize));
        Require.InRange(FeatureBlock ?? 1, 1, int.MaxValue, nameof(FeatureBlock));
    }
}
