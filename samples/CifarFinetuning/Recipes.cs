using FeatureReuse.Training;

namespace CifarFinetuning;

/// <summary>How the runs are trained; the same for all setups that train the whole network.</summary>
internal static class Recipes
{
    public static TrainingOptions Finetuning { get; } = new() { LearningRate = .01, MaximumEpochs = 500 };

    public static TrainingOptions Probing { get; } = new() { Optimizer = Optimizer.Adam, LearningRate = .01, MaximumEpochs = 300 };

    public static TrainingOptions Pretraining(Settings settings)
        => new() { LearningRate = .1, Schedule = LearningRateSchedule.OneCycle, MaximumEpochs = settings.PretrainingEpochs };
}
