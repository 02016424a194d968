using System.Text.Json.Serialization;

namespace FeatureReuse;

/// <summary>What the trainers of shallow networks have in common.</summary>
/// <typeparam name="TModel">The trained transformer.</typeparam>
public abstract record ShallowOptions<TModel> where TModel : class
{
    private protected ShallowOptions()
    {
    }

    /// <summary>The features: Vector&lt;Single&gt; of a known size. Default "Features".</summary>
    public string FeatureColumnName { get; init; } = "Features";

    /// <summary>The label: Single. Default "Label".</summary>
    public string LabelColumnName { get; init; } = "Label";

    /// <summary>The column to add: Single. Default "Score".</summary>
    public string ScoreColumnName { get; init; } = "Score";

    /// <summary>PT+FT: the model whose first layer to start from; left as it was. Default null: from scratch.</summary>
    [JsonIgnore]
    public TModel? Pretrained { get; init; }

    /// <summary>The factor alpha on the pretrained first layer. Default 1; above 0, at most 1e6. Below 1 selects fewer features, above 1 keeps more of them.</summary>
    public double Rescaling { get; init; } = 1;

    /// <summary>MTL: rows of an auxiliary task with the same two columns, trained on together with the main task. Default null. Not together with <see cref="Pretrained"/>.</summary>
    [JsonIgnore]
    public IDataView? AuxiliaryData { get; init; }

    /// <summary>The scale of new weights. Default .001, the paper's; above 0, at most 1000.</summary>
    public double InitialScale { get; init; } = 1e-3;

    /// <summary>Learning rate and limits.</summary>
    public GradientDescentOptions Training { get; init; } = new();

    internal virtual void Validate()
    {
        Require.NotEmpty(FeatureColumnName, nameof(FeatureColumnName));
        Require.NotEmpty(LabelColumnName, nameof(LabelColumnName));
        Require.NotEmpty(ScoreColumnName, nameof(ScoreColumnName));
        Require.Positive(Rescaling, 1e6, nameof(Rescaling));
        Require.Positive(InitialScale, 1000, nameof(InitialScale));
        Require.NotNull(Training).Validate();
        if (Pretrained is not null && AuxiliaryData is not null)
        {
            throw new ArgumentException($"{nameof(Pretrained)} and {nameof(AuxiliaryData)} are both given; a model is either finetuned or trained on both tasks at once.", nameof(AuxiliaryData));
        }
        if (Pretrained is null && Rescaling != 1)
        {
            throw new ArgumentException(FormattableString.Invariant($"{nameof(Rescaling)} is {Rescaling}, but there is no {nameof(Pretrained)} model to rescale."), nameof(Rescaling));
        }
    }
}
