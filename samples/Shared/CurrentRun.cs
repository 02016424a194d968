using System.Globalization;
using Spectre.Console;

namespace FeatureReuse.Samples;

/// <summary>The progress bar of the training run under way.</summary>
internal sealed class CurrentRun(ProgressTask bar, string description) : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value)
    {
        bar.MaxValue = (double)value.MaximumEpochs * value.StepsPerEpoch;
        bar.Value = (value.Epoch - 1.0) * value.StepsPerEpoch + value.Step;
        bar.Description = string.Create(CultureInfo.InvariantCulture, $"{description}, epoch {value.Epoch}, loss {value.Loss:F3}");
    }
}
