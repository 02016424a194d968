using System.Text.Json.Serialization;

namespace FeatureReuse;

/// <summary>How a shallow network is trained. The defaults are those of finetuning diagonal networks (Lippl and Lindsey, arXiv 2310.02396).</summary>
public sealed record GradientDescentOptions
{
    /// <summary>Default .1; above 0, at most 100. A run that diverges starts again with a tenth of it, up to six times.</summary>
    public double LearningRate { get; init; } = .1;

    /// <summary>Training ends when an epoch's mean squared error falls below this. Default 1e-10; 0 switches it off.</summary>
    public double LossThreshold { get; init; } = 1e-10;

    /// <summary>The most passes over the samples; one gradient step each where there are no batches. Default 100,000; 1 to 100,000,000.</summary>
    public int MaximumEpochs { get; init; } = 100_000;

    /// <summary>Samples a step, in an order shuffled every epoch. Default null: all of them. 1 to 1,000,000. Diagonal networks take all.</summary>
    public int? BatchSize { get; init; }

    /// <summary>Threads of one run; the same number gives the same bits. Default null: all processors where a step is long enough. 1 to 256.</summary>
    public int? Threads { get; init; }

    /// <summary>The seed of new weights and of the batches. Default null: the seed of the MLContext, or a random one where that has none; 0 without ML.NET.</summary>
    public int? Seed { get; init; }

    /// <summary>
    /// Samples of the first task that are not trained on; the least loss on them is part of the result. Looked at before the first epoch, then ever more
    /// rarely, each time after a fifth more epochs, and at the end. Default null.
    /// </summary>
    [JsonIgnore]
    public RegressionSamples? Validation { get; init; }

    /// <summary>Is told of the loss a few times a second, on the training thread. Default null.</summary>
    [JsonIgnore]
    public IProgress<GradientDescentProgress>? Progress { get; init; }

    /// <summary>Ends the training at the next epoch. Default none.</summary>
    [JsonIgnore]
    public CancellationToken CancellationToken { get; init; }

    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range; the message names it.</exception>
    internal void Validate()
    {
        Require.Positive(LearningRate, 100, nameof(LearningRate));
        Require.InRange(LossThreshold, 0, 1e6, nameof(LossThreshold));
        Require.InRange(MaximumEpochs, 1, 100_000_000, nameof(MaximumEpochs));
        Require.InRange(BatchSize ?? 1, 1, 1_000_000, nameof(BatchSize));
        Require.InRange(Threads ?? 1, 1, 256, nameof(Threads));
    }
}
