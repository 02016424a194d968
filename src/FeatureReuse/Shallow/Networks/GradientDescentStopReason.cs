namespace FeatureReuse;

/// <summary>Tells why a run of gradient descent ended.</summary>
public enum GradientDescentStopReason
{
    /// <summary>An epoch's loss fell below the threshold.</summary>
    LossThreshold,

    /// <summary>The maximum number of epochs was reached.</summary>
    EpochLimit,

    /// <summary>The cancellation token was cancelled; the network keeps its last weights.</summary>
    Canceled,

    /// <summary>The loss grew without bound at every learning rate; the network has its initial weights again.</summary>
    Diverged,
}
