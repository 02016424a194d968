namespace FeatureReuse;

/// <summary>Names the columns that a trained network reads and adds.</summary>
public abstract record ScoringOptions
{
    /// <summary>Gets the image column: Vector&lt;Byte&gt; or Vector&lt;Single&gt; [channels, height, width]. Default "Image".</summary>
    public string ImageColumnName { get; init; } = "Image";

    /// <summary>Gets the column of class probabilities. Default "Score".</summary>
    public string ScoreColumnName { get; init; } = "Score";

    /// <summary>Gets the column of the most probable class. Default "PredictedLabel".</summary>
    public string PredictedLabelColumnName { get; init; } = "PredictedLabel";

    internal ScoringColumns Columns => new(ImageColumnName, ScoreColumnName, PredictedLabelColumnName);

    /// <exception cref="ArgumentException">An option is out of its range; the message names it.</exception>
    internal virtual void Validate() => Columns.Validate();
}
