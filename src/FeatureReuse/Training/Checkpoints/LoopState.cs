namespace FeatureReuse;

/// <summary>Records the progress of a training run, without weights and optimiser; checkpoints hold it as JSON.</summary>
internal sealed class LoopState
{
    /// <summary>Gets or sets the current epoch, from 1.</summary>
    public int Epoch { get; set; } = 1;

    /// <summary>Gets or sets the steps of the epoch that are done.</summary>
    public int Step { get; set; }

    /// <summary>Gets or sets the steps of the run that are done.</summary>
    public long Done { get; set; }

    /// <summary>Gets or sets the epoch of the lowest validation loss; 0 before there is one.</summary>
    public int BestEpoch { get; set; }
    public double BestLoss { get; set; } = double.PositiveInfinity;
    public List<EpochMetrics> Epochs { get; init; } = [];
    public TaskState Main { get; init; } = new();

    /// <summary>Gets the progress on the auxiliary task; null if one task is trained.</summary>
    public TaskState? Other { get; init; }

    /// <summary>Records the progress on a task: the passes begun, the batches done in the last one, and the sums of this epoch.</summary>
    internal sealed class TaskState
    {
        public int Passes { get; set; }
        public int Batch { get; set; }
        public double LossSum { get; set; }
        public long Correct { get; set; }
        public long Rows { get; set; }
    }
}
