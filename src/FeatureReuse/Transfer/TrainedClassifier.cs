namespace FeatureReuse;

/// <summary>Holds a network, the head that classifies, and the steps that produced them. The owner disposes it.</summary>
public sealed class TrainedClassifier : IDisposable
{
    internal TrainedClassifier(ImageClassifier network, Head head, IReadOnlyList<RunRecord> runs)
    {
        (Network, Head, Runs) = (network, head, runs);
        network.eval();
    }

    /// <summary>Gets the network, in evaluation mode.</summary>
    public ImageClassifier Network { get; }

    /// <summary>Gets the head that was trained last.</summary>
    public Head Head { get; }

    /// <summary>Gets the steps that made the classifier, from the first to the last.</summary>
    public IReadOnlyList<RunRecord> Runs { get; }

    /// <summary>Gets the last training run; null if the classifier was imported and not trained.</summary>
    public TrainingRun? LastTraining => Runs.OfType<TrainingRun>().LastOrDefault();

    /// <summary>Returns the same network with signatures in the record of its last run, which was a training run.</summary>
    internal TrainedClassifier With(IReadOnlyList<LayerSignature> signatures)
        => new(Network, Head, [.. Runs.SkipLast(1), (TrainingRun)Runs[^1] with { Signatures = signatures }]);

    /// <summary>Frees the network's weights.</summary>
    public void Dispose() => Network.Dispose();
}
