using Spectre.Console;

namespace Papers.Finetuning;

/// <summary>Shows the progress while a rescaling factor is chosen.</summary>
internal sealed class ChoiceBar(ProgressTask bar) : IProgress<RescalingProgress>
{
    public void Report(RescalingProgress value)
    {
        bar.MaxValue = value.TotalRuns;
        bar.Value = value.CompletedRuns;
        bar.Description
            = $"choosing the factor: {value.Rescaling}, fold {value.Fold} of {value.FoldCount}, validation loss {value.ValidationLoss:F3}";
    }
}
