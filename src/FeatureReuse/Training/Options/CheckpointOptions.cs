namespace FeatureReuse;

/// <summary>
/// Saves the state of a run (weights, optimiser, position in schedule and data), so that the same call continues after a crash or a
/// cancellation, with bit-identical results. Use it for runs that take longer than a minute.
/// </summary>
public sealed record CheckpointOptions
{
    /// <summary>Gets the folder, which is created if need be. Each run has its own, and deletes its files when it ends.</summary>
    public required string Folder { get; init; }

    /// <summary>Gets the number of epochs between checkpoints. Default null: only <see cref="Interval"/> counts. 1 to 1,000,000.</summary>
    public int? Epochs { get; init; }

    /// <summary>Gets the time between checkpoints, which are also saved within epochs. Default one minute; 0 to one day.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMinutes(1);

    internal void Validate()
    {
        Require.NotEmpty(Folder, $"{nameof(TrainingOptions.Checkpoint)}.{nameof(Folder)}");
        Require.InRange(Epochs ?? 1, 1, 1_000_000, $"{nameof(TrainingOptions.Checkpoint)}.{nameof(Epochs)}");
        Require.InRange(Interval.TotalDays, 0, 1, $"{nameof(TrainingOptions.Checkpoint)}.{nameof(Interval)}");
    }
}
