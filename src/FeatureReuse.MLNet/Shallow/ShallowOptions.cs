namespace FeatureReuse;

/// <summary>Options that the trainers of all shallow networks have.</summary>
public abstract record ShallowOptions
{
    private protected ShallowOptions()
    {
    }

    /// <summary>Gets the column of features: Vector&lt;Single&gt; of a known size. Default "Features".</summary>
    public string FeatureColumnName { get; init; } = "Features";

    /// <summary>Gets the column of labels: Single. Default "Label".</summary>
    public string LabelColumnName { get; init; } = "Label";

    /// <summary>Gets the column to add: Single. Default "Score".</summary>
    public string ScoreColumnName { get; init; } = "Score";

    /// <summary>
    /// Gets the factor alpha on the pretrained first layer; below 1 selects fewer features. Default 1; above 0, at most 1e6.
    /// </summary>
    public double Rescaling { get; init; } = 1;

    /// <summary>
    /// Gets the rows of an auxiliary task to train on together with the main task (MTL), with the same columns. Cannot be combined with
    /// Pretrained. Default null.
    /// </summary>
    [JsonIgnore]
    public IDataView? AuxiliaryData { get; init; }

    /// <summary>Gets the scale of new weights. Default .001, as in the paper; above 0, at most 1000.</summary>
    public double InitialScale { get; init; } = 1e-3;

    /// <summary>Gets the learning rate and the limits of training.</summary>
    public GradientDescentOptions Training { get; init; } = new();

    internal abstract IReadOnlyList<string>? PretrainedFeatureNames { get; }

    internal void ValidateColumns()
    {
        Require.NotEmpty(FeatureColumnName, nameof(FeatureColumnName));
        Require.NotEmpty(LabelColumnName, nameof(LabelColumnName));
        Require.NotEmpty(ScoreColumnName, nameof(ScoreColumnName));
    }

    internal virtual void Validate()
    {
        ValidateColumns();
        Require.Positive(Rescaling, 1e6, nameof(Rescaling));
        Require.Positive(InitialScale, 1000, nameof(InitialScale));
        Require.NotNull(Training).Validate();
        if (PretrainedFeatureNames is not null && AuxiliaryData is not null)
        {
            throw new ArgumentException(
                "Pretrained and AuxiliaryData are both given; either finetune or train on both tasks.", nameof(AuxiliaryData));
        }
        if (PretrainedFeatureNames is null && Rescaling != 1)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"Rescaling is {Rescaling}, but there is no Pretrained model to rescale."), nameof(Rescaling));
        }
    }
}
