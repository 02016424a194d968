namespace FeatureReuse;

/// <summary>Where a training stands, weights and optimiser aside.</summary>
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

    /// <summary>Gets or sets the lowest validation loss.</summary>
    public double BestLoss { get; set; } = double.PositiveInfinity;

    /// <summary>Gets the metrics of the epochs that are complete.</summary>
    public List<EpochMetrics> Epochs { get; init; } = [];

    /// <summary>Gets or sets the position in the main task.</summary>
    public TaskPassState Main { get; set; }

    /// <summary>Gets or sets the position in the auxiliary task; null if one task is trained.</summary>
    public TaskPassState? Other { get; set; }
}
