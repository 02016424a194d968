namespace FeatureReuse;

/// <summary>Options of learning features from many binary tasks. The defaults are not those of Collins et al., arXiv 2307.06887.</summary>
public sealed record FeatureLearningOptions
{
    /// <summary>Gets the number of hidden units m, the features. Default 256; 1 to 100,000.</summary>
    public int Neurons { get; init; } = 256;

    /// <summary>Gets the number of gradient steps of the representation. Default 60; 1 to 1,000,000.</summary>
    public int Steps { get; init; } = 60;

    /// <summary>Gets the number of samples that the heads are fitted on before each step. Default 500; 1 to 1,000,000.</summary>
    public int HeadSamples { get; init; } = 500;

    /// <summary>Gets the number of samples of each step of the representation. Default 500; 1 to 1,000,000.</summary>
    public int RepresentationSamples { get; init; } = 500;

    /// <summary>Gets the step size eta of the heads; irrelevant for heads fitted from zero. Default 1; above 0, at most 1e6.</summary>
    public double HeadLearningRate { get; init; } = 1;

    /// <summary>
    /// Gets the length of a step of the representation, relative to the norm of its weights. Default .05; above 0, at most 1.
    /// </summary>
    public double RelativeStep { get; init; } = .05;

    /// <summary>Gets the fraction by which the first layer decays in a step. Default .05; 0 to .99.</summary>
    public double Decay { get; init; } = .05;

    /// <summary>Gets the order of updates. Default <see cref="UpdateOrder.HeadsFirst"/>.</summary>
    public UpdateOrder Order { get; init; } = UpdateOrder.HeadsFirst;

    /// <summary>Gets the seed of weights and batches. Default null: the MLContext's seed, or a random one; 0 without ML.NET.</summary>
    public int? Seed { get; init; }

    /// <summary>Gets the receiver of every step's loss, called on the training thread. Default null.</summary>
    [JsonIgnore]
    public IProgress<FeatureLearningProgress>? Progress { get; init; }

    /// <summary>Gets the token that stops the training before the next step. Default none.</summary>
    [JsonIgnore]
    public CancellationToken CancellationToken { get; init; }

    internal void Validate()
    {
        Require.InRange(Neurons, 1, 100_000, nameof(Neurons));
        Require.InRange(Steps, 1, 1_000_000, nameof(Steps));
        Require.InRange(HeadSamples, 1, 1_000_000, nameof(HeadSamples));
        Require.InRange(RepresentationSamples, 1, 1_000_000, nameof(RepresentationSamples));
        Require.Positive(HeadLearningRate, 1e6, nameof(HeadLearningRate));
        Require.Positive(RelativeStep, 1, nameof(RelativeStep));
        Require.InRange(Decay, 0, .99, nameof(Decay));
        Require.Defined(Order, nameof(Order));
    }
}
