using System.Globalization;
using FeatureReuse;
using Spectre.Console;

namespace CifarFinetuning;

/// <summary>The progress bar while a factor is chosen.</summary>
internal sealed class CurrentChoice(ProgressTask bar) : IProgress<RescalingProgress>
{
    public void Report(RescalingProgress value)
    {
        bar.MaxValue = value.Total;
        bar.Value = value.Done;
        bar.Description = string.Create(CultureInfo.InvariantCulture, $"choosing the factor: {value.Rescaling}, fold {value.Fold} of {value.FoldCount}, validation loss {value.ValidationLoss:F3}");
    }
}
