namespace FeatureReuse;

/// <summary>How a two-layer ReLU network is trained. The defaults are the paper's (Lippl and Lindsey, arXiv 2310.02396), with fewer epochs.</summary>
public sealed record TwoLayerReluOptions : ShallowOptions<TwoLayerReluTransformer>
{
    /// <summary>Learning rate .1, batches of at most 128, an epoch's loss below 1e-8 or 10,000 epochs.</summary>
    public TwoLayerReluOptions() => Training = new() { LearningRate = .1, BatchSize = 128, LossThreshold = 1e-8, MaximumEpochs = 10_000 };

    /// <summary>Hidden units of a new network; a pretrained one keeps its own. Default 1000; 1 to 1,000,000.</summary>
    public int HiddenUnits { get; init; } = 1000;

    /// <summary>The scale of the new readout before finetuning. Default .001; 0 to 1000.</summary>
    public double ReadoutScale { get; init; } = 1e-3;

    internal override void Validate()
    {
        base.Validate();
        Require.InRange(HiddenUnits, 1, 1_000_000, nameof(HiddenUnits));
        Require.InRange(ReadoutScale, 0, 1000, nameof(ReadoutScale));
    }
}
