namespace FeatureReuse;

/// <summary>Adds features learnt from many tasks: relu(W x), Vector&lt;Single&gt;. Immutable and safe for concurrent use.</summary>
public sealed class LearnedFeaturesTransformer : ShallowTransformer
{
    internal const string Kind = "mlnet.multi-task-features";

    internal LearnedFeaturesTransformer(LearnedFeatures features, LearnFeaturesOptions options, int seed, string version)
        : base(seed, version, "inputs", "features") => (Features, Options) = (features, options);

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

    private protected override OnnxGraph CreateGraph(string input, string output) => OnnxShallow.GraphOf(Features, input, output);

    private protected override ColumnMapper Bind(DataViewSchema inputSchema) => new ComputedColumn(
        Vectors.RequireFeatures(inputSchema, Options.InputColumnName, Features.Width),
        new(Options.OutputColumnName, new VectorDataViewType(NumberDataViewType.Single, Features.NeuronCount)), CreateGetter,
        () => CreateGraph(Options.InputColumnName, Options.OutputColumnName));

    private ValueGetter<VBuffer<float>> CreateGetter(DataViewRow row)
    {
        Func<ReadOnlySpan<float>> read = Vectors.Open<float>(row, row.Schema[Options.InputColumnName]);
        return Vectors.Getter<float>(Features.NeuronCount, values => Features.Compute(read(), values));
    }

    /// <summary>Describes the model; a file has it besides the weights.</summary>
    private sealed record Saved(string LibraryVersion, LearnFeaturesOptions Options, int Seed);
}
