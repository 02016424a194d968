namespace FeatureReuse;

/// <summary>Options of training a two-layer ReLU network. The defaults are those of Lippl and Lindsey, but with fewer epochs.</summary>
public sealed record TwoLayerReluOptions : ShallowOptions
{
    /// <summary>Creates the default options: learning rate .1, batches of 128, at most 10,000 epochs, loss threshold 1e-8.</summary>
    public TwoLayerReluOptions() => Training = new() { LearningRate = .1, BatchSize = 128, LossThreshold = 1e-8, MaximumEpochs = 10_000 };

    /// <inheritdoc cref="DiagonalLinearOptions.Pretrained"/>
    [JsonIgnore]
    public TwoLayerReluTransformer? Pretrained { get; init; }

    /// <summary>Gets the number of hidden units of a new network; a pretrained one keeps its own. Default 1000; 1 to 1,000,000.</summary>
    public int HiddenUnits { get; init; } = 1000;

    /// <summary>Gets the scale of the new readout before finetuning. Default .001; 0 to 1000.</summary>
    public double ReadoutScale { get; init; } = 1e-3;

    internal override IReadOnlyList<string>? PretrainedFeatureNames => Pretrained?.FeatureNames;

    internal (TwoLayerReluTransformer Model, GradientDescentResult? Result) Train(
        IReadOnlyList<RegressionSamples> tasks, GradientDescentOptions training, IReadOnlyList<string> featureNames)
    {
        int seed = training.Seed!.Value;
        TwoLayerReluNetwork network = Pretrained?.Network.ForFinetuning(Rescaling, ReadoutScale, seed)
            ?? new TwoLayerReluNetwork(tasks[0].Width, HiddenUnits, tasks.Count, InitialScale, seed);
        GradientDescentResult result = network.Train(tasks, training);
        return (new(network, new(LibraryVersion.Current, this, featureNames, result, seed)), result);
    }

    internal override void Validate()
    {
        base.Validate();
        Require.InRange(HiddenUnits, 1, 1_000_000, nameof(HiddenUnits));
        Require.InRange(ReadoutScale, 0, 1000, nameof(ReadoutScale));
    }
}
