namespace FeatureReuse;

/// <summary>The exception that is thrown when a training run was cancelled by its token. It holds no network.</summary>
public sealed class TrainingCanceledException : OperationCanceledException
{
    internal TrainingCanceledException(TrainingHistory history, string? checkpointFolder, CancellationToken cancellation)
        : base($"The training was cancelled after {history.Steps} steps. " + (checkpointFolder is null
            ? $"Its state was not saved; set {nameof(TrainingOptions)}.{nameof(TrainingOptions.Checkpoint)} to be able to resume."
            : $"To continue, repeat the call with the checkpoint folder {Path.GetFullPath(checkpointFolder)}."), cancellation)
        => History = history;

    /// <summary>Gets the history of the run.</summary>
    public TrainingHistory History { get; }
}
