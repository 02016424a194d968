namespace Papers.Finetuning;

/// <summary>Creates the training options; all setups that train the whole network share theirs.</summary>
internal static class Recipes
{
    public const int UsualEpochs = 500;

    public static TrainingOptions Finetuning(Settings settings)
        => new() { LearningRate = .01, MaximumEpochs = settings.MaximumEpochs, Device = settings.Device };

    public static TrainingOptions Probing(Settings settings)
    {
        TrainingOptions usual = new LinearProbeOptions().Training;
        return usual with { MaximumEpochs = Math.Min(usual.MaximumEpochs, settings.MaximumEpochs), Device = settings.Device };
    }

    public static TrainingOptions Pretraining(Settings settings, int seed) => new()
    {
        LearningRate = .1,
        Schedule = LearningRateSchedule.OneCycle,
        MaximumEpochs = settings.PretrainingEpochs,
        Seed = seed,
        Device = settings.Device,
    };
}
