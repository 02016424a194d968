namespace FeatureReuse;

/// <summary>Reports how far feature learning is.</summary>
/// <param name="Step">The number of steps of the representation so far.</param>
/// <param name="Steps">The total number of steps.</param>
/// <param name="Loss">The correlation loss of the step, averaged over the tasks; lower is better, and it is unbounded.</param>
public readonly record struct FeatureLearningProgress(int Step, int Steps, double Loss);
