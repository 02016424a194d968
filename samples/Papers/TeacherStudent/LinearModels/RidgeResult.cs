namespace Papers.TeacherStudent.LinearModels;

/// <summary>The best ridge regression of several ridge parameters.</summary>
/// <param name="Ridge">The ridge parameter with the smallest validation loss.</param>
/// <param name="TrainingLoss">The mean squared error on the training samples.</param>
/// <param name="ValidationLoss">The mean squared error on the validation samples: the smallest of several, so a little optimistic.</param>
internal sealed record RidgeResult(double Ridge, double TrainingLoss, double ValidationLoss);
