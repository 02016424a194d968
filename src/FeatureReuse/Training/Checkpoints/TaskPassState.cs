namespace FeatureReuse;

/// <summary>The position of a <see cref="TaskPass"/>.</summary>
/// <param name="Passes">The passes that have begun.</param>
/// <param name="Batch">The batches read in the last pass.</param>
/// <param name="LossSum">The sum of the losses over the images of this epoch.</param>
/// <param name="Correct">The number of them classified correctly.</param>
/// <param name="Rows">The images of this epoch so far.</param>
internal readonly record struct TaskPassState(int Passes, int Batch, double LossSum, long Correct, long Rows);
