namespace FeatureReuse;

/// <summary>Where a multi-task pretraining is.</summary>
/// <param name="Step">Steps of the representation so far.</param>
/// <param name="Steps">How many there will be.</param>
/// <param name="Loss">The correlation loss of the step, averaged over the tasks; lower is better, and it has no bound.</param>
public readonly record struct FeatureLearningProgress(int Step, int Steps, double Loss);
