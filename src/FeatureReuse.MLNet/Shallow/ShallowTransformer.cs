namespace FeatureReuse;

/// <summary>A trained shallow network as a transformer: from features, Vector&lt;Single&gt;, to a Score, Single. Immutable and safe for concurrent scoring.</summary>
public abstract class ShallowTransformer : VectorTransformer
{
    private readonly string _features;
    private readonly string _score;

    private protected ShallowTransformer(string features, string score, string[] featureNames, GradientDescentResult? training, int seed, string? version)
        : base(seed, version)
    {
        _features = features;
        _score = score;
        FeatureNames = featureNames;
        Training = training;
    }

    /// <summary>The names of the features, from the slot names of the column; their numbers where it had none.</summary>
    public IReadOnlyList<string> FeatureNames { get; }

    /// <summary>How gradient descent ended; null where the limit was solved for.</summary>
    public GradientDescentResult? Training { get; }

    /// <summary>Makes what predicts from features; each cursor has its own.</summary>
    private protected abstract Predictor CreatePredictor();

    private protected abstract OnnxGraph ToOnnx(string features, string score);

    private protected delegate float Predictor(ReadOnlySpan<float> features);

    private protected override VectorMapping Bind(DataViewSchema inputSchema)
    {
        DataViewSchema.Column features = FeatureVectors.Require(inputSchema, _features, FeatureNames.Count);
        return new VectorMapping(inputSchema, features, builder => ScoreColumns.AddRegression(builder, inputSchema, _score), read =>
        {
            Predictor predict = CreatePredictor();
            return (ValueGetter<float>)((ref float score) => score = predict(read()));
        }, () => ToOnnx(_features, _score));
    }
}
