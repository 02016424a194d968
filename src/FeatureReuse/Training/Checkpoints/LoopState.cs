namespace FeatureReuse;

/// <summary>Where a training run stands, weights and optimiser aside.</summary>
internal sealed class LoopState
{
    /// <summary>The epoch under way, from 1.</summary>
    public int Epoch { get; set; } = 1;

    /// <summary>The steps done of it.</summary>
    public int Step { get; set; }

    /// <summary>The steps done of the run.</summary>
    public long Done { get; set; }

    /// <summary>The steps done when the last good weights were taken.</summary>
    public long DoneAtSnapshot { get; set; }

    /// <summary>The epoch of the lowest validation loss; 0 before there is one.</summary>
    public int BestEpoch { get; set; }

    public double BestLoss { get; set; } = double.PositiveInfinity;

    public List<EpochMetrics> Epochs { get; init; } = [];

    public TaskPassState Main { get; set; }

    public TaskPassState? Other { get; set; }
}
