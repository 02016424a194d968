namespace FeatureReuse;

/// <summary>A trained shallow network that adds a Score, Single, computed from features, Vector&lt;Single&gt;.</summary>
/// <typeparam name="TOptions">The options of its trainer.</typeparam>
public abstract class ShallowRegressionTransformer<TOptions> : ShallowTransformer where TOptions : ShallowOptions
{
    private readonly RegressionSamples.Predictor _predict;

    private protected ShallowRegressionTransformer(ShallowNetwork network, SavedModel saved)
        : base(saved.Seed, saved.LibraryVersion, "features", "score")
    {
        if (saved.FeatureNames.Count != network.Width)
            throw new InvalidDataException($"it has names for {saved.FeatureNames.Count} features, and weights for {network.Width}");
        Saved = saved;
        _predict = network.CreatePredictor();
    }

    /// <summary>Gets the options that the model was trained with.</summary>
    public TOptions Options => Saved.Options;

    /// <summary>Gets the names of the features, from the slot names of the column; their numbers if it had none.</summary>
    public IReadOnlyList<string> FeatureNames => Saved.FeatureNames;

    /// <summary>Gets how gradient descent ended; null if the limit of gradient flow was solved for.</summary>
    public GradientDescentResult? Training => Saved.Training;

    private protected SavedModel Saved { get; }

    private protected static SavedModel Describe(string json)
        => ModelJson.Parse<SavedModel>(json, saved => saved.Options.ValidateColumns());

    private protected override ColumnMapper Bind(DataViewSchema inputSchema) => new ComputedColumn(
        Vectors.RequireFeatures(inputSchema, Options.FeatureColumnName, FeatureNames.Count),
        ScoreColumns.Regression(inputSchema, Options.ScoreColumnName), CreateGetter,
        () => CreateGraph(Options.FeatureColumnName, Options.ScoreColumnName));

    private ValueGetter<float> CreateGetter(DataViewRow row)
    {
        Func<ReadOnlySpan<float>> read = Vectors.Open<float>(row, row.Schema[Options.FeatureColumnName]);
        return (ref float score) => score = _predict(read());
    }

    /// <summary>Describes the model; a file has it besides the weights.</summary>
    internal sealed record SavedModel(
        string LibraryVersion, TOptions Options, IReadOnlyList<string> FeatureNames, GradientDescentResult? Training, int Seed);
}
