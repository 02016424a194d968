namespace FeatureReuse;

/// <summary>Describes a calibration of the probabilities.</summary>
/// <param name="Task">The name of the head.</param>
/// <param name="RowCount">The number of labelled images.</param>
/// <param name="Temperature">The number by which the logits were divided.</param>
public sealed record CalibrationRun(string Task, int RowCount, double Temperature) : RunRecord(Task, RowCount, 0, Rescaling.None)
{
    internal override string Name => "calibrate";
}
