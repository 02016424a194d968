using Spectre.Console;

namespace Papers.Running;

/// <summary>Shows the progress of a training run.</summary>
internal sealed class TrainingBar(ProgressTask bar, string description) : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value)
    {
        bar.MaxValue = (double)value.MaximumEpochs * value.StepsPerEpoch;
        bar.Value = (value.Epoch - 1.0) * value.StepsPerEpoch + value.Step;
        bar.Description = Markup.Escape($"{description}, epoch {value.Epoch}, loss {value.Loss:F3}");
    }
}
