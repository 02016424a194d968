namespace FeatureReuse;

/// <summary>Adds features learnt from many tasks: relu(W x), Vector&lt;Single&gt;. Immutable and safe for concurrent use.</summary>
public sealed class LearnedFeaturesTransformer : ShallowTransformer
{
    /// <summary>The key of the description in a file's metadata.</summary>
    internal const string Kind = "mlnet.multi-task-features";

    internal LearnedFeaturesTransformer(LearnedFeatures features, LearnFeaturesOptions options, int seed, string version)
        : base(seed, version) => (Features, Options) = (features, options);

    /// <summary>Gets the learnt first layer, with its singular values and effective rank.</summary>
    public LearnedFeatures Features { get; }

    /// <summary>Gets the options that the features were learnt with.</summary>
    public LearnFeaturesOptions Options { get; }

    /// <inheritdoc cref="DiagonalLinearTransformer.Load"/>
    public static LearnedFeaturesTransformer Load(string path) => ModelFile.Load(path, Read);

    internal static LearnedFeaturesTransformer Read(ModelFile file)
    {
        Saved saved = ModelJson.Parse<Saved>(file.DescriptionOf(Kind), saved => saved.Options.Validate());
        return new(ShallowTensors.ReadFeatures(file), saved.Options, saved.Seed, saved.LibraryVersion);
    }

    private protected override void Write(Stream stream)
    {
        string description = JsonSerializer.Serialize(new Saved(Version, Options, Seed), ModelJson.Format);
        ModelFile.Write(stream, ShallowTensors.ToTensors(Features), (Kind, description));
    }

    private protected override OnnxGraph CreateGraph() => OnnxShallow.GraphOf(Features);

    private protected override OnnxGraph CreateGraphOfColumns()
        => OnnxShallow.GraphOf(Features, Options.InputColumnName, Options.OutputColumnName);

    private protected override ITransformer Bind(DataViewSchema schema)
        => new ComputedColumn(FeatureVectors.Require(schema, Options.InputColumnName, Features.Width))
            .Create(Options.OutputColumnName, new VectorDataViewType(NumberDataViewType.Single, Features.NeuronCount), inputs =>
            {
                var features = new float[Features.NeuronCount];
                Features.Compute(inputs, features);
                return features;
            });

    /// <summary>Describes the model; a file has it besides the weights.</summary>
    private sealed record Saved(string LibraryVersion, LearnFeaturesOptions Options, int Seed);
}
