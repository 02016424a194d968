namespace FeatureReuse.MLNet.Tests;

internal sealed class RowScores
{
    public float[] Score { get; set; } = [];
}
