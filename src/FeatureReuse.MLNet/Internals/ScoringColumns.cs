namespace FeatureReuse;

/// <summary>The names of the columns that scoring reads and writes.</summary>
internal sealed record ScoringColumns(string Image, string Score, string PredictedLabel)
{
    /// <exception cref="ArgumentException">A name is empty; the message names the option.</exception>
    public void Validate()
    {
        Require.NotEmpty(Image, "ImageColumnName");
        Require.NotEmpty(Score, "ScoreColumnName");
        Require.NotEmpty(PredictedLabel, "PredictedLabelColumnName");
    }
}
