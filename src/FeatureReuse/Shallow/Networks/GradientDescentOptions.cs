namespace FeatureReuse;

/// <summary>Options of gradient descent on a shallow network. The defaults are those of Lippl and Lindsey, arXiv 2310.02396.</summary>
public sealed record GradientDescentOptions
{
    /// <summary>Gets the learning rate. Default .1; above 0, at most 100. Divided by ten, up to six times, if training diverges.</summary>
    public double LearningRate { get; init; } = .1;

    /// <summary>Gets the mean squared error of an epoch below which training stops. Default 1e-10; 0 never stops.</summary>
    public double LossThreshold { get; init; } = 1e-10;

    /// <summary>Gets the maximum number of passes over the samples. Default 100,000; 1 to 100,000,000.</summary>
    public int MaximumEpochs { get; init; } = 100_000;

    /// <summary>
    /// Gets the number of samples per step, shuffled every epoch. Default null: all. 1 to 1,000,000. Diagonal networks ignore it.
    /// </summary>
    public int? BatchSize { get; init; }

    /// <summary>
    /// Gets the number of threads; the same number gives bit-identical results. Default null: as many as a step can keep busy. 1 to 256.
    /// </summary>
    public int? Threads { get; init; }

    /// <summary>Gets the seed of new weights and batches. Default null: the MLContext's seed, or a random one; 0 without ML.NET.</summary>
    public int? Seed { get; init; }

    /// <summary>
    /// Gets held-out samples of the first task, to track the smallest loss on them. Default null. The loss is computed before the first
    /// epoch, at the end, and in between at intervals that grow by a fifth.
    /// </summary>
    [JsonIgnore]
    public RegressionSamples? Validation { get; init; }

    /// <summary>Gets the receiver of the loss, called a few times a second on the training thread. Default null.</summary>
    [JsonIgnore]
    public IProgress<GradientDescentProgress>? Progress { get; init; }

    /// <summary>Gets the token that stops the training before the next epoch. Default none.</summary>
    [JsonIgnore]
    public CancellationToken CancellationToken { get; init; }

    internal void Validate()
    {
        Require.Positive(LearningRate, 100, nameof(LearningRate));
        Require.InRange(LossThreshold, 0, 1e6, nameof(LossThreshold));
        Require.InRange(MaximumEpochs, 1, 100_000_000, nameof(MaximumEpochs));
        Require.InRange(BatchSize ?? 1, 1, 1_000_000, nameof(BatchSize));
        Require.InRange(Threads ?? 1, 1, 256, nameof(Threads));
    }
}
