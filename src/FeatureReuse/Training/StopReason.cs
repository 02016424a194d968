namespace FeatureReuse;

/// <summary>Specifies why a training run ended.</summary>
public enum StopReason
{
    /// <summary>The loss of an epoch fell below the threshold.</summary>
    LossThreshold,

    /// <summary>The limit of epochs or steps was reached.</summary>
    EpochLimit,

    /// <summary>The validation loss no longer fell.</summary>
    EarlyStopping,

    /// <summary>The cancellation token was cancelled.</summary>
    Canceled,

    /// <summary>The loss was no longer finite.</summary>
    Diverged,
}
