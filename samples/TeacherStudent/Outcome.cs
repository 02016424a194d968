using FeatureReuse;


namespace TeacherStudent;

/// <summary>What a run gives.</summary>
/// <param name="TrainingLoss">Mean squared error on the main task's training rows, at the end.</param>
/// <param name="GeneralisationLoss">Mean squared error on fresh rows.</param>
/// <param name="Steps">Gradient steps; 0 where there are none.</param>
/// <param name="Seconds">Of learning the main task: neither drawing the rows nor pretraining.</param>
internal readonly record struct Outcome(double TrainingLoss, double GeneralisationLoss, long Steps, double Seconds = 0)
{
    public static Outcome Of(RidgeResult ridge) => new(ridge.TrainingLoss, ridge.ValidationLoss, Steps: 0);
}
