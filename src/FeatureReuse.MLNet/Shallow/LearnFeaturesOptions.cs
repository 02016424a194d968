namespace FeatureReuse;

/// <summary>Options of learning features from many binary tasks.</summary>
public sealed record LearnFeaturesOptions
{
    /// <summary>
    /// Gets the column of inputs: Vector&lt;Single&gt; of a known size, normalised to similar scales. Default "Features".
    /// </summary>
    public string InputColumnName { get; init; } = "Features";

    /// <summary>Gets the column of labels for training: Vector&lt;Single&gt; of 0, 1, or NaN where missing. Default "Labels".</summary>
    public string LabelsColumnName { get; init; } = "Labels";

    /// <summary>Gets the column to add: Vector&lt;Single&gt;. Default "LearnedFeatures".</summary>
    public string OutputColumnName { get; init; } = "LearnedFeatures";

    /// <summary>Gets the sizes, rates and order of updates.</summary>
    public FeatureLearningOptions Training { get; init; } = new();

    internal void Validate()
    {
        Require.NotEmpty(InputColumnName, nameof(InputColumnName));
        Require.NotEmpty(LabelsColumnName, nameof(LabelsColumnName));
        Require.NotEmpty(OutputColumnName, nameof(OutputColumnName));
        Require.NotNull(Training).Validate();
    }
}
