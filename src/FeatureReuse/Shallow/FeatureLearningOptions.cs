using System.Text.Json.Serialization;

namespace FeatureReuse;

/// <summary>
/// Pretraining of a two-layer ReLU network on many binary tasks, in the manner of Collins et al., arXiv 2307.06887. The sizes and rates are not the paper's:
/// they are ones with which its claims can be seen.
/// </summary>
public sealed record FeatureLearningOptions
{
    /// <summary>Hidden units m, the features. Default 256; 1 to 100,000.</summary>
    public int Neurons { get; init; } = 256;

    /// <summary>Gradient steps of the representation. Default 60; 1 to 1,000,000.</summary>
    public int Steps { get; init; } = 60;

    /// <summary>Samples from which the heads are fitted before each step. Default 500; 1 to 1,000,000.</summary>
    public int HeadSamples { get; init; } = 500;

    /// <summary>Samples of each step of the representation. Default 500; 1 to 1,000,000.</summary>
    public int RepresentationSamples { get; init; } = 500;

    /// <summary>Size eta of a head's step. Default 1; above 0, at most 1e6. Fitted from zero, it changes only the size of the gradient, which is normalised.</summary>
    public double HeadLearningRate { get; init; } = 1;

    /// <summary>Length of a step of the representation, as a share of the first layer's norm. Default .05; above 0, at most 1.</summary>
    public double RelativeStep { get; init; } = .05;

    /// <summary>Share of the first layer that decays in a step. Default .05; 0 to .99.</summary>
    public double Decay { get; init; } = .05;

    /// <summary>Default <see cref="UpdateOrder.HeadsFirst"/>.</summary>
    public UpdateOrder Order { get; init; } = UpdateOrder.HeadsFirst;

    /// <summary>The seed of initial weights and batches. Default null: the seed of the MLContext, or a random one where that has none; 0 without ML.NET.</summary>
    public int? Seed { get; init; }

    /// <summary>Is told of every step's loss, on the training thread. Default null.</summary>
    [JsonIgnore]
    public IProgress<FeatureLearningProgress>? Progress { get; init; }

    /// <summary>Ends the training at the next step. Default none.</summary>
    [JsonIgnore]
    public CancellationToken CancellationToken { get; init; }

    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range; the message names it.</exception>
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
