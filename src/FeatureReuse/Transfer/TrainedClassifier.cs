namespace FeatureReuse;

/// <summary>A network, the head that classifies, and how both came about. The owner disposes it.</summary>
public sealed class TrainedClassifier : IDisposable
{
    internal TrainedClassifier(ImageClassifier network, Head head, IReadOnlyList<RunRecord> runs)
    {
        Network = network;
        Head = head;
        Runs = runs;
        network.eval();
    }

    /// <summary>The network, in evaluation mode.</summary>
    public ImageClassifier Network { get; }

    /// <summary>The head that was trained last.</summary>
    public Head Head { get; }

    /// <summary>The steps in the making, first to last.</summary>
    public IReadOnlyList<RunRecord> Runs { get; }

    /// <summary>The same network, whose last step is told otherwise.</summary>
    internal TrainedClassifier WithLastRun(Func<RunRecord, RunRecord> change) => new(Network, Head, [.. Runs.SkipLast(1), change(Runs[^1])]);

    /// <summary>Frees the network's weights.</summary>
    public void Dispose() => Network.Dispose();
}
