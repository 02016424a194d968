namespace FeatureReuse;

/// <summary>Reports one finetuning that ended while a rescaling is chosen.</summary>
/// <param name="Rescaling">The candidate.</param>
/// <param name="Fold">The fold that was held out, from 1.</param>
/// <param name="FoldCount">The number of folds; 1 if one part is held out.</param>
/// <param name="ValidationLoss">The mean cross-entropy over the fold, in nats; null if the run diverged.</param>
/// <param name="CompletedRuns">The number of runs that have ended, including this one.</param>
/// <param name="TotalRuns">The number of all runs.</param>
public sealed record RescalingProgress(
    Rescaling Rescaling, int Fold, int FoldCount, double? ValidationLoss, int CompletedRuns, int TotalRuns);
