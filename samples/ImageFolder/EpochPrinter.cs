using FeatureReuse;

namespace ImageFolder;

/// <summary>Prints a line after every epoch.</summary>
internal sealed class EpochPrinter(string run) : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value)
    {
        if (value.CompletedEpoch is { } epoch)
            Console.WriteLine($"{run}, epoch {value.Epoch} of {value.MaximumEpochs}: loss {epoch.Loss:F3}");
    }
}
