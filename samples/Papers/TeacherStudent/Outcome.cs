using Papers.TeacherStudent.LinearModels;

namespace Papers.TeacherStudent;

/// <summary>The result of learning the main task.</summary>
/// <param name="TrainingLoss">The mean squared error on the training rows, at the end.</param>
/// <param name="GeneralisationLoss">The mean squared error on new rows.</param>
/// <param name="Steps">The gradient steps; 0 where the solution is computed directly.</param>
internal readonly record struct Outcome(double TrainingLoss, double GeneralisationLoss, long Steps)
{
    public static Outcome From(RidgeResult ridge) => new(ridge.TrainingLoss, ridge.ValidationLoss, Steps: 0);
}
