namespace FeatureReuse;

/// <summary>Holds a network, the head that classifies, and the steps that produced them. The owner disposes it.</summary>
public sealed class TrainedClassifier : IDisposable
{
    private readonly ImageClassifier _network;

    internal TrainedClassifier(ImageClassifier network, Head head, IReadOnlyList<RunRecord> runs)
    {
        (_network, Head, Runs) = (network, head, runs);
        network.eval();
    }

    /// <summary>Gets the network, in evaluation mode.</summary>
    /// <exception cref="ObjectDisposedException">The classifier was disposed.</exception>
    public ImageClassifier Network
    {
        get
        {
            ObjectDisposedException.ThrowIf(_network.IsDisposed, this);
            return _network;
        }
    }

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
    public void Dispose() => _network.Dispose();
}
