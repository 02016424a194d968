using FeatureReuse.MLNet.Internals;
using FeatureReuse.MLNet.Shallow;
using FeatureReuse.Shallow;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace FeatureReuse.MLNet;

/// <summary>A trained shallow network as a transformer: from features, Vector&lt;Single&gt;, to a Score, Single. Immutable and safe for concurrent scoring.</summary>
public abstract class ShallowTransformer : ITransformer
{
    private readonly string _features;
    private readonly string _score;

    private protected ShallowTransformer(string features, string score, string[] featureNames, GradientDescentResult? training, int seed)
    {
        _features = features;
        _score = score;
        FeatureNames = featureNames;
        Training = training;
        Seed = seed;
    }

    /// <summary>The names of the features, from the slot names of the column; their numbers where it had none.</summary>
    public IReadOnlyList<string> FeatureNames { get; }

    /// <summary>How gradient descent ended; null where the limit was solved for.</summary>
    public GradientDescentResult? Training { get; }

    /// <summary>The seed of new weights and of the batches.</summary>
    public int Seed { get; }

    /// <summary>The version of the library that trained the model.</summary>
    public string Version { get; } = LibraryVersion.Current;

    /// <summary>True: rows are scored one by one where that is asked for.</summary>
    public bool IsRowToRowMapper => true;

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The column of features is missing or of another size or type.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => Bind(inputSchema).OutputSchema;

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The column of features is missing or of another size or type.</exception>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new VectorDataView(input, Bind(input.Schema));
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The column of features is missing or of another size or type.</exception>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => new VectorRowMapper(Bind(inputSchema));

    /// <summary>Not available in this version.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    void ICanSaveModel.Save(ModelSaveContext ctx) => throw new NotSupportedException($"{GetType().Name} cannot be saved in this version of FeatureReuse.MLNet.");

    /// <summary>Makes what predicts from features; each cursor has its own.</summary>
    private protected abstract Predictor CreatePredictor();

    private protected delegate float Predictor(ReadOnlySpan<float> features);

    private VectorMapping Bind(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        DataViewSchema.Column features = FeatureVectors.Require(inputSchema, _features, FeatureNames.Count);
        return new VectorMapping(inputSchema, features, builder => FeatureVectors.AddScore(builder, inputSchema, _score), read =>
        {
            Predictor predict = CreatePredictor();
            return (ValueGetter<float>)((ref float score) => score = predict(read()));
        });
    }
}
