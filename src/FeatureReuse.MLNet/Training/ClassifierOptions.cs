namespace FeatureReuse;

/// <summary>Configures a step that trains a network on labelled images.</summary>
public abstract record ClassifierOptions : ScoringOptions
{
    /// <summary>Gets the label column: a key with values. Default "Label".</summary>
    public string LabelColumnName { get; init; } = "Label";

    /// <summary>Gets how to train.</summary>
    public TrainingOptions Training { get; init; } = new();

    internal override void Validate()
    {
        base.Validate();
        Require.NotEmpty(LabelColumnName, nameof(LabelColumnName));
        Require.NotNull(Training).Validate();
    }
}
