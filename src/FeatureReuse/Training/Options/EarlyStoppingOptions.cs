namespace FeatureReuse;

/// <summary>
/// Holds training images out for validation, keeps the weights of the epoch with the lowest validation loss, and stops when it no longer
/// falls.
/// </summary>
public sealed record EarlyStoppingOptions
{
    /// <summary>Gets the fraction of the training images of each class that is held out. Default .1; above 0, at most .9.</summary>
    public double ValidationFraction { get; init; } = .1;

    /// <summary>Gets the number of epochs without a lower validation loss after which training stops. Default 10; 1 to 1,000,000.</summary>
    public int Patience { get; init; } = 10;

    internal void Validate()
    {
        Require.Positive(ValidationFraction, .9, $"{nameof(TrainingOptions.EarlyStopping)}.{nameof(ValidationFraction)}");
        Require.InRange(Patience, 1, 1_000_000, $"{nameof(TrainingOptions.EarlyStopping)}.{nameof(Patience)}");
    }
}
