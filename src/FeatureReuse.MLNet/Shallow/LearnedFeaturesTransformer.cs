using System.Text.Json;

namespace FeatureReuse;

/// <summary>Features learnt from many tasks, as a column: relu(W x), Vector&lt;Single&gt;. Immutable and safe for concurrent use.</summary>
public sealed class LearnedFeaturesTransformer : VectorTransformer
{
    /// <summary>The key of a file's metadata that holds the description.</summary>
    internal const string Kind = "mlnet.multi-task-features";

    internal LearnedFeaturesTransformer(LearnedFeatures features, LearnFeaturesOptions options, int seed, string? version = null)
        : base(seed, version)
    {
        Features = features;
        Options = options;
    }

    /// <summary>The learnt first layer, with its spectrum and effective rank.</summary>
    public LearnedFeatures Features { get; }

    /// <summary>The options that the features were learnt with.</summary>
    public LearnFeaturesOptions Options { get; }

    /// <summary>Reads what <see cref="VectorTransformer.Save(string)"/> wrote. Nothing in the file is run.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">The file holds no such features, or is damaged; the message says how.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static LearnedFeaturesTransformer Load(string path) => ModelFile.Load(path, Read);

    internal static LearnedFeaturesTransformer Read(ModelFile file)
    {
        Saved saved = ModelJson.Parse<Saved>(file.DescriptionOf(Kind), ModelJson.Format, saved => saved.Options.Validate());
        return new(ShallowTensors.ReadFeatures(file), saved.Options, saved.Seed, saved.LibraryVersion);
    }

    /// <summary>Writes the model as ONNX (opset 17) for other runtimes and for ml.Transforms.ApplyOnnxModel. In: "inputs" [n, d]. Out: "features" [n, m]; floats.</summary>
    /// <param name="path">The file, written anew or replaced; its folder must exist.</param>
    /// <exception cref="IOException">The file cannot be written; what was there before is left.</exception>
    public void ExportOnnx(string path) => OnnxShallow.GraphOf(Features).Save(path);

    private protected override void Write(Stream stream)
        => ModelFile.Write(stream, ShallowTensors.ToTensors(Features), (Kind, JsonSerializer.Serialize(new Saved(Version, Options, Seed), ModelJson.Format)));

    /// <summary>What a file keeps beside the weights.</summary>
    private sealed record Saved(string LibraryVersion, LearnFeaturesOptions Options, int Seed);

    private protected override VectorMapping Bind(DataViewSchema inputSchema)
    {
        DataViewSchema.Column inputs = FeatureVectors.Require(inputSchema, Options.InputColumnName, Features.Width);
        return new VectorMapping(inputSchema, inputs, builder => builder.AddColumn(Options.OutputColumnName, new VectorDataViewType(NumberDataViewType.Single, Features.NeuronCount)),
            read => (ValueGetter<VBuffer<float>>)((ref VBuffer<float> destination) =>
            {
                VBufferEditor<float> editor = VBufferEditor.Create(ref destination, Features.NeuronCount);
                Features.Compute(read(), editor.Values);
                destination = editor.Commit();
            }), () => OnnxShallow.GraphOf(Features, Options.InputColumnName, Options.OutputColumnName));
    }
}
