namespace FeatureReuse;

/// <summary>The best of a path of ridge regressions.</summary>
/// <param name="Ridge">The ridge parameter with the least validation loss.</param>
/// <param name="TrainingLoss">Mean squared error on the training samples.</param>
/// <param name="ValidationLoss">Mean squared error on the validation samples; the least on the path, so a little optimistic.</param>
public sealed record RidgeResult(double Ridge, double TrainingLoss, double ValidationLoss);
