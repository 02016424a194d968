namespace FeatureReuse;

/// <summary>Training was cancelled; nothing is lost.</summary>
public sealed class TrainingCanceledException : OperationCanceledException
{
    internal TrainingCanceledException(NetworkTransformer bestSoFar, TrainingHistory history, CancellationToken token)
        : base($"Training was cancelled after {history.Steps} steps in {history.Epochs.Count} complete epochs. The best network so far is in {nameof(BestSoFar)}.", token)
        => BestSoFar = bestSoFar;

    /// <summary>The network with the weights of the best epoch where there is a validation split, otherwise the latest; the catcher disposes it.</summary>
    public NetworkTransformer BestSoFar { get; }
}
