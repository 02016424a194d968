namespace FeatureReuse;

/// <summary>One finetuning that ended while a rescaling is chosen.</summary>
/// <param name="Rescaling">The candidate.</param>
/// <param name="Fold">The fold that was held out, from 1.</param>
/// <param name="FoldCount">The number of folds; 1 where one part is held out.</param>
/// <param name="ValidationLoss">Mean cross-entropy over the fold, in nats; null if the run diverged.</param>
/// <param name="Done">Runs that have ended, with this one.</param>
/// <param name="Total">All runs.</param>
public sealed record RescalingProgress(Rescaling Rescaling, int Fold, int FoldCount, double? ValidationLoss, int Done, int Total);
