using System.Collections.Concurrent;

namespace FeatureReuse;

/// <summary>An architecture of image classifiers, by name.</summary>
public sealed class NetworkArchitecture
{
    /// <summary>Networks draw their initial weights from libtorch's global generator, one at a time.</summary>
    private static readonly Lock Drawing = new();

    private readonly Func<NetworkBlueprint, ImageClassifier> _create;
    private readonly Func<ImageShape, int, IEnumerable<(string Name, long[] Shape)>> _sizedTensors;

    private NetworkArchitecture(string name, int minimumSide, Func<NetworkBlueprint, ImageClassifier> create, Func<ImageShape, int, IEnumerable<(string Name, long[] Shape)>> sizedTensors)
        => (Name, MinimumSide, _create, _sizedTensors) = (name, minimumSide, create, sizedTensors);

    /// <summary>
    /// torchvision's ResNet-18 (7x7 stride-2 stem, max-pooling), 11.2 M parameters: what the paper uses on 32x32 images
    /// as they are. See <see cref="ResidualNetwork"/>.
    /// </summary>
    public static NetworkArchitecture ResNet18 { get; } = new("ResNet18", 1, blueprint => new ResidualNetwork(blueprint, ResNetStem.ImageNet), ResidualNetwork.SizedTensors);

    /// <summary>ResNet-18 with the stem customary for 32x32 images (3x3 stride 1, no pooling): more accurate, about 12 times the cost.</summary>
    public static NetworkArchitecture ResNet18CifarStem { get; } = new("ResNet18CifarStem", 1, blueprint => new ResidualNetwork(blueprint, ResNetStem.Cifar), ResidualNetwork.SizedTensors);

    /// <summary>Three convolutions, 95 k parameters, for quick runs. See <see cref="SmallConvolutionalNetwork"/>.</summary>
    public static NetworkArchitecture SmallCnn { get; } = new("SmallCnn", 8, blueprint => new SmallConvolutionalNetwork(blueprint), SmallConvolutionalNetwork.SizedTensors);

    /// <summary>The paper's vision transformer: patches of 4x4 pixels, 7 blocks of width 384, 12.5 M parameters; trained with Adam. See <see cref="VisionTransformer"/>.</summary>
    public static NetworkArchitecture ViT { get; } = new("ViT", 4, blueprint => new VisionTransformer(blueprint), VisionTransformer.SizedTensors);

    private static ConcurrentDictionary<string, NetworkArchitecture> Known { get; } = new(new NetworkArchitecture[] { ResNet18, ResNet18CifarStem, SmallCnn, ViT }.Select(network => KeyValuePair.Create(network.Name, network)));

    /// <summary>The name under which models and tables of results mention it.</summary>
    public string Name { get; }

    /// <summary>The least height and width of the images, in pixels.</summary>
    public int MinimumSide { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>Makes an architecture of one's own known under a name, by which a saved model finds it again; once a process, before models are loaded.</summary>
    /// <param name="name">A name that no other architecture has.</param>
    /// <param name="definition">How it is built, and what its head and its layers are called.</param>
    /// <returns>What <see cref="Build"/> and the options of the estimators take.</returns>
    /// <exception cref="ArgumentException">The name is taken, or the definition is incomplete.</exception>
    /// <example><code>
    /// NetworkArchitecture network = NetworkArchitecture.Register("TwoLayers", new()
    /// {
    ///     CreateModule = (shape, logits) =&gt; nn.Sequential(("body", nn.Sequential(nn.Flatten(), nn.Linear(shape.Size, 64), nn.ReLU())), ("head", nn.Linear(64, logits))),
    ///     LayerNames = ["body"],
    ///     HeadName = "head",
    /// });
    /// </code></example>
    public static NetworkArchitecture Register(string name, ArchitectureDefinition definition)
    {
        Require.NotEmpty(name, nameof(name));
        Require.NotNull(definition).Validate();
        var network = new NetworkArchitecture(name, definition.MinimumSide, blueprint => CustomClassifier.Create(blueprint, definition), (_, logitCount) => CustomClassifier.SizedTensors(definition, logitCount));
        return Known.TryAdd(name, network) ? network : throw new ArgumentException($"A network '{name}' is known already; choose another name.", nameof(name));
    }

    /// <summary>The architecture of this name.</summary>
    /// <param name="name">As <see cref="Name"/> gives it.</param>
    /// <exception cref="InvalidDataException">There is none; the message lists those there are.</exception>
    internal static NetworkArchitecture Named(string name) => Known.GetValueOrDefault(name)
        ?? throw new InvalidDataException($"it holds a network '{name}'; known are {string.Join(", ", Known.Keys.Order(StringComparer.Ordinal))}. A network of your own is made known by Network.Register before a model is loaded");

    /// <summary>The tensors whose size depends on the images or the number of logits; -1 where it depends on neither.</summary>
    internal IEnumerable<(string Name, long[] Shape)> SizedTensors(ImageShape input, int logitCount) => _sizedTensors(input, logitCount);

    /// <summary>Builds the network on the processor, with weights drawn from the seed.</summary>
    /// <param name="input">The shape of the images.</param>
    /// <param name="normalization">How pixels become the network's input.</param>
    /// <param name="heads">The tasks' heads in the order of their logits, without gaps; at least one.</param>
    /// <param name="seed">The seed of the initial weights.</param>
    /// <exception cref="ArgumentException">The images are too small, or the normalisation does not fit their channels.</exception>
    public ImageClassifier Build(ImageShape input, InputNormalization normalization, IReadOnlyList<Head> heads, int seed) => Create(input, normalization, heads, seed, drawWeights: true);

    /// <summary>Builds the network for weights that are overwritten at once.</summary>
    internal ImageClassifier BuildForWeights(ImageShape input, InputNormalization normalization, IReadOnlyList<Head> heads) => Create(input, normalization, heads, seed: 0, drawWeights: false);

    private ImageClassifier Create(ImageShape input, InputNormalization normalization, IReadOnlyList<Head> heads, int seed, bool drawWeights)
    {
        ArgumentNullException.ThrowIfNull(normalization);
        ArgumentNullException.ThrowIfNull(heads);
        normalization.Validate();
        Require.InRange(input.Channels, 1, 16, $"{nameof(input)}.{nameof(input.Channels)}");
        if (input.Height < MinimumSide || input.Width < MinimumSide)
        {
            throw new ArgumentException($"The images are {input}; {Name} needs a height and width of at least {MinimumSide} pixels.", nameof(input));
        }
        if (heads.Count == 0)
            throw new ArgumentException("There is no head; a network needs at least one task.", nameof(heads));
        TorchRuntime.EnsureLoaded();
        lock (Drawing)
        {
            torch.manual_seed(seed);
            return _create(new NetworkBlueprint(this, input, normalization, [.. heads], drawWeights));
        }
    }
}
