namespace FeatureReuse;

/// <summary>Why a training run ended.</summary>
public enum StopReason
{
    /// <summary>An epoch's loss fell below the threshold.</summary>
    LossThreshold,

    /// <summary>The epoch limit was reached.</summary>
    EpochLimit,

    /// <summary>The validation loss no longer fell.</summary>
    EarlyStopping,

    /// <summary>The cancellation token was cancelled; the network holds the best weights so far.</summary>
    Canceled,

    /// <summary>The loss was no longer finite; the network holds the last weights that were.</summary>
    Diverged,
}
