namespace FeatureReuse;

/// <summary>Classifies images with a trained network: adds class probabilities and the most probable class.</summary>
/// <remarks>
/// <list type="table">
/// <item><term>in</term><description>images: Vector&lt;Byte&gt; or Vector&lt;Single&gt; [channels, height, width]</description></item>
/// <item><term>out</term><description>Score: Vector&lt;Single, K&gt;, probabilities, with class names as slot names</description></item>
/// <item><term>out</term><description>PredictedLabel: Key&lt;UInt32, K&gt; with the label's own key values</description></item>
/// </list>
/// All data views and prediction engines share the weights. Transform computes up to 256 rows at a time ahead of the cursor, on the
/// network's device. The owner disposes the transformer, which frees the weights; a prediction engine does so too by default.
/// ConvertToOnnx converts a chain from the pixels on, as ML.NET does not convert LoadImages, ResizeImages and ExtractPixels; a custom
/// network is refused.
/// </remarks>
public sealed class NetworkTransformer : ColumnTransformer, IDisposable
{
    internal const string Kind = "mlnet";

    private readonly TrainedClassifier _classifier;
    private bool _disposed;

    internal NetworkTransformer(TrainedClassifier classifier, ClassKeys classes, ScoringColumns columns)
        => (_classifier, Classes, Columns) = (classifier, classes, columns);

    /// <summary>Gets the names of the classes, in the order of the scores.</summary>
    public IReadOnlyList<string> ClassNames => Classes.Names;

    /// <summary>Gets the steps that made the network, each with its options, seed, library version and learning curve.</summary>
    public IReadOnlyList<RunRecord> Runs => _classifier.Runs;

    /// <summary>Gets the last training run; null if the network was imported and not trained.</summary>
    public TrainingRun? LastTraining => _classifier.LastTraining;

    /// <summary>Gets the names of the network's layers, from the pixels to "logits".</summary>
    public IReadOnlyList<string> LayerNames => Network.LayerNames;

    /// <summary>Gets the network, in evaluation mode; this transformer owns it.</summary>
    /// <exception cref="ObjectDisposedException">The transformer was disposed.</exception>
    public ImageClassifier Network => Classifier.Network;

    internal TrainedClassifier Classifier
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _classifier;
        }
    }

    internal ClassKeys Classes { get; }
    internal ScoringColumns Columns { get; }

    /// <summary>Makes a transformer of a changed classifier, with the same classes and columns.</summary>
    internal NetworkTransformer With(TrainedClassifier classifier) => new(classifier, Classes, Columns);

    /// <summary>Loads what <see cref="ColumnTransformer.Save"/> wrote, with bit-identical weights. No code in the file is run.</summary>
    /// <param name="path">The file.</param>
    /// <param name="device">Where to score. Default: the CPU.</param>
    /// <param name="architectures">The custom architectures that the file may have.</param>
    /// <exception cref="ArgumentException">Two architectures have the same name.</exception>
    /// <exception cref="InvalidDataException">The file holds no such network, or is damaged; the message says how.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidOperationException">The device is not there.</exception>
    /// <example><code>
    /// model.Save("model.safetensors");
    /// using NetworkTransformer loaded = NetworkTransformer.Load("model.safetensors");
    /// </code></example>
    public static NetworkTransformer Load(
        string path, ComputeDevice? device = null, params IReadOnlyList<NetworkArchitecture> architectures)
    {
        TorchSharp.torch.Device place = (device ?? ComputeDevice.Cpu).Resolve();
        NetworkTransformer loaded = ModelFile.Load(path, file => Read(file, architectures));
        return Owned.Complete(loaded, () =>
        {
            loaded.Network.MoveTo(place);
            return loaded;
        });
    }

    /// <summary>
    /// Writes the weights alone as a safetensors file with torchvision's names, which PyTorch's programs read:
    /// <c>model.load_state_dict(safetensors.torch.load_file(path))</c>.
    /// </summary>
    /// <exception cref="IOException">The file cannot be written; an existing file is unchanged.</exception>
    /// <example><code>
    /// model.ExportWeights("weights.safetensors");
    /// </code></example>
    public void ExportWeights(string path) => Classifier.ExportWeights(path);

    /// <summary>
    /// Writes the network as an ONNX model (opset 17) for other runtimes and for ml.Transforms.ApplyOnnxModel. Input: "images"
    /// [n, channels, height, width], floats, not normalised. Output: "probabilities" [n, classes] and "features" [n, features].
    /// The metadata has the class names.
    /// </summary>
    /// <exception cref="NotSupportedException">The network is a custom one, whose forward pass is not known.</exception>
    /// <exception cref="IOException">The file cannot be written; an existing file is unchanged.</exception>
    /// <example><code>
    /// model.ExportOnnx("model.onnx");
    /// </code></example>
    public void ExportOnnx(string path) => Classifier.ExportOnnx(path);

    /// <inheritdoc/>
    public void Dispose()
    {
        _disposed = true;
        _classifier.Dispose();
    }

    internal void Write(Stream stream, params IEnumerable<(string Key, string Value)> additions)
    {
        string scoring = JsonSerializer.Serialize(new SavedScoring(Columns, Classes.TypeName, Classes.Names), ModelJson.Format);
        ClassifierFile.Write(stream, Classifier, [(Kind, scoring), .. additions]);
    }

    internal static NetworkTransformer Read(ModelFile file, IReadOnlyList<NetworkArchitecture> architectures)
    {
        SavedScoring scoring = ModelJson.Parse<SavedScoring>(file.DescriptionOf(Kind), saved => saved.Columns.Validate());
        ClassKeys classes = ClassKeys.From(scoring.LabelType, scoring.ClassNames);
        TrainedClassifier classifier = ClassifierFile.Read(file, architectures);
        if (classes.Names.SequenceEqual(classifier.Head.ClassNames))
            return new NetworkTransformer(classifier, classes, scoring.Columns);
        classifier.Dispose();
        throw new InvalidDataException("its head has other classes than its column of scores");
    }

    private protected override void Write(Stream stream) => Write(stream, []);

    private protected override ColumnMapper Bind(DataViewSchema inputSchema)
        => new ClassificationMapping(Network, _classifier.Head, Classes, Columns, inputSchema);

    /// <summary>Holds what a file keeps beside the classifier.</summary>
    private sealed record SavedScoring(ScoringColumns Columns, string LabelType, IReadOnlyList<string> ClassNames);
}
