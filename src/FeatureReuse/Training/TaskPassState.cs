namespace FeatureReuse;

/// <summary>Where a <see cref="TaskPass"/> stands.</summary>
/// <param name="Passes">Passes begun.</param>
/// <param name="Batch">Batches read of the last one.</param>
/// <param name="LossSum">Sum of the losses of the images of this epoch.</param>
/// <param name="Correct">Of them classified rightly.</param>
/// <param name="Rows">Images of this epoch.</param>
internal readonly record struct TaskPassState(int Passes, int Batch, double LossSum, long Correct, long Rows);
