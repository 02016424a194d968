using FeatureReuse;


namespace CifarFinetuning;

/// <summary>How the runs are trained; the same for all setups that train the whole network.</summary>
internal static class Recipes
{
    public const int UsualEpochs = 500;
    private const int ProbingEpochs = 300;

    public static TrainingOptions Finetuning(Settings settings) => new() { LearningRate = .01, MaximumEpochs = settings.MaximumEpochs };

    public static TrainingOptions Probing(Settings settings)
        => new() { Optimizer = Optimizer.Adam, LearningRate = .01, MaximumEpochs = Math.Min(ProbingEpochs, settings.MaximumEpochs) };

    public static TrainingOptions Pretraining(Settings settings)
        => new() { LearningRate = .1, Schedule = LearningRateSchedule.OneCycle, MaximumEpochs = settings.PretrainingEpochs };
}
