namespace FeatureReuse.MLNet.Tests;

internal sealed class ScoredRow
{
    public string PredictedLabel { get; set; } = "";

    public float[] Score { get; set; } = [];
}
