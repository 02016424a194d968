namespace FeatureReuse;

/// <summary>Holds a network, the head that classifies, and how both came about. The owner disposes it.</summary>
public sealed class TrainedClassifier : IDisposable
{
    internal TrainedClassifier(ImageClassifier network, Head head, IReadOnlyList<RunRecord> runs)
    {
        (Network, Head, Runs) = (network, head, runs);
        network.eval();
    }

    /// <summary>Gets the network, in evaluation mode.</summary>
    public ImageClassifier Network { get; }

    /// <summary>Gets the head that was trained last.</summary>
    public Head Head { get; }

    /// <summary>Gets the steps that made the classifier, from the first to the last.</summary>
    public IReadOnlyList<RunRecord> Runs { get; }

    /// <summary>Gets the last training run; null if the classifier was imported and not trained.</summary>
    public TrainingRun? LastTraining => Runs.OfType<TrainingRun>().LastOrDefault();

    /// <summary>Writes network, options, seeds and history to a file; beside it first, then renamed.</summary>
    /// <param name="path">A safetensors file, written anew or replaced; its folder must exist.</param>
    /// <exception cref="IOException">The file cannot be written; what was there before is left.</exception>
    public void Save(string path) => WholeFile.Write(path, stream => ClassifierFile.Write(stream, this));

    /// <summary>Reads what <see cref="Save"/> wrote, on the processor, with the same bits. Nothing in the file is run.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">The file holds no classifier, or is damaged; the message says how.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static TrainedClassifier Load(string path) => ModelFile.Load(path, ClassifierFile.Read);

    /// <summary>
    /// Writes the weights alone as PyTorch's programs read them, with torchvision's names: <c>model.load_state_dict(safetensors.torch.load_file(path))</c>. Images are normalised
    /// before such a model, as <see cref="ImageClassifier.Normalization"/> tells.
    /// </summary>
    /// <param name="path">A safetensors file, written anew or replaced; its folder must exist.</param>
    /// <exception cref="IOException">The file cannot be written; what was there before is left.</exception>
    public void ExportWeights(string path) => WeightFile.Write(path, Network);

    /// <summary>
    /// Makes a classifier of weights that another program trained: a safetensors file with torchvision's names (for <see cref="NetworkArchitecture.ViT"/> timm's too; its attention divides by
    /// the square root of a head's width and its feed-forward layers end without GELU, so that such weights are a start and not the same function). Pickles are never read.
    /// </summary>
    /// <param name="path">The file; floats of any width.</param>
    /// <param name="network">The architecture.</param>
    /// <param name="input">The shape of the images.</param>
    /// <param name="normalization">How pixels become what the weights were trained on; torchvision's own have <see cref="InputNormalization.ImageNet"/>.</param>
    /// <param name="classNames">The classes of the file's readout, or, if not strict, of a new one. Null: those of the file, called "0", "1" and so on.</param>
    /// <param name="strict">Whether every tensor must fit; otherwise those that do are taken, and the others keep weights drawn from seed 0.</param>
    /// <param name="task">The name of the head.</param>
    /// <returns>The classifier, and what did not fit.</returns>
    /// <exception cref="InvalidDataException">The file is damaged, a pickle, or not one of this network; the message names the tensors.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <example><code>
    /// (TrainedClassifier resnet, WeightDifferences differences) = TrainedClassifier.ImportWeights(
    ///     "resnet18.safetensors", NetworkArchitecture.ResNet18, new ImageShape(3, 224, 224), InputNormalization.ImageNet, strict: false);
    /// </code></example>
    public static (TrainedClassifier Classifier, WeightDifferences Differences) ImportWeights(
        string path, NetworkArchitecture network, ImageShape input, InputNormalization normalization, IReadOnlyList<string>? classNames = null, bool strict = true, string task = FeatureTransfer.AuxiliaryTask)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        classNames ??= NumbersIn(path, Require.NotNull(network), input, normalization);
        ImageClassifier built = Require.NotNull(network).Build(input, normalization, [new Head(task, classNames, 0)], seed: 0);
        try
        {
            WeightDifferences differences = WeightFile.Read(path, built, strict);
            return (new TrainedClassifier(built, built.Heads[0], [new ImportRun(task) { Device = built.Device.ToString() }]), differences);
        }
        catch
        {
            built.Dispose();
            throw;
        }
    }

    private static string[] NumbersIn(string path, NetworkArchitecture network, ImageShape input, InputNormalization normalization)
    {
        using ImageClassifier one = network.BuildForWeights(input, normalization, [new Head("", ["0"], 0)]);
        int count = WeightFile.ClassCount(path, one) ?? throw new InvalidDataException($"{Path.GetFullPath(path)} cannot be loaded: it has no readout '{one.ReadoutName}' that would tell the number of classes; name them.");
        return [.. Enumerable.Range(0, count).Select(number => number.ToString(System.Globalization.CultureInfo.InvariantCulture))];
    }

    /// <summary>
    /// Writes the classifier as an ONNX model (opset 17) for other runtimes. In: "images" [n, channels, height, width], floats, pixels as they are. Out: "probabilities" [n, classes]
    /// and "features" [n, features], what the readout reads. Metadata: "class_names" as JSON, "task", "network", "producer_version".
    /// </summary>
    /// <param name="path">The file, written anew or replaced; its folder must exist.</param>
    /// <exception cref="NotSupportedException">The network is one of your own, whose forward pass is not known.</exception>
    /// <exception cref="IOException">The file cannot be written; what was there before is left.</exception>
    public void ExportOnnx(string path) => OnnxFile.Write(path, OnnxClassifier.GraphOf(this));

    /// <summary>Runs the last steps of making a classifier; disposes its network if they fail.</summary>
    internal static TrainedClassifier Complete(ImageClassifier network, Func<TrainedClassifier> steps)
    {
        try
        {
            return steps();
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>Returns the same network with signatures in the record of its last run, which was a training run.</summary>
    internal TrainedClassifier With(IReadOnlyList<LayerSignature> signatures)
        => new(Network, Head, [.. Runs.SkipLast(1), (TrainingRun)Runs[^1] with { Signatures = signatures }]);

    /// <summary>Frees the network's weights.</summary>
    public void Dispose() => Network.Dispose();
}
