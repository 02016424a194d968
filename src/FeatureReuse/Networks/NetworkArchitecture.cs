namespace FeatureReuse;

/// <summary>An architecture of image classifiers, by name.</summary>
public sealed class NetworkArchitecture
{
    private readonly Func<NetworkBlueprint, ImageClassifier> _create;

    private NetworkArchitecture(string name, int minimumSide, Func<NetworkBlueprint, ImageClassifier> create,
        Func<ImageShape, int, (string Name, long[] Shape)[]> sizedTensors)
        => (Name, MinimumSide, _create, SizedTensors) = (name, minimumSide, create, sizedTensors);

    /// <summary>Gets torchvision's ResNet-18, with its 7x7 stem: 11.2 M parameters.</summary>
    public static NetworkArchitecture ResNet18 { get; } = new("ResNet18", 1,
        blueprint => new ResidualNetwork(blueprint, hasCifarStem: false), (_, logits) => [("fc.weight", [logits, ResidualNetwork.Width])]);

    /// <summary>Gets ResNet-18 with a 3x3 stem without pooling, for 32x32 images: more accurate, about 12 times the cost.</summary>
    public static NetworkArchitecture ResNet18CifarStem { get; } = new("ResNet18CifarStem", 1,
        blueprint => new ResidualNetwork(blueprint, hasCifarStem: true), ResNet18.SizedTensors);

    /// <summary>Gets three convolutions for quick runs: 95 k parameters.</summary>
    public static NetworkArchitecture SmallCnn { get; } = new("SmallCnn", 8,
        blueprint => new SmallConvolutionalNetwork(blueprint), (_, logits) => [("fc.weight", [logits, SmallConvolutionalNetwork.Width])]);

    /// <summary>Gets the paper's vision transformer: 12.5 M parameters; train it with Adam.</summary>
    public static NetworkArchitecture ViT { get; } = new("ViT", 4, blueprint => new VisionTransformer(blueprint),
        (input, logits) => [("fc.weight", [logits, VisionTransformer.Width]),
            ("pos_embed", [1, VisionTransformer.TokensOf(input), VisionTransformer.Width])]);

    private static NetworkArchitecture[] BuiltIn { get; } = [ResNet18, ResNet18CifarStem, SmallCnn, ViT];

    /// <summary>Gets the name, which saved models and tables of results mention.</summary>
    public string Name { get; }

    /// <summary>Gets the least height and width of the images, in pixels.</summary>
    public int MinimumSide { get; }

    /// <summary>The tensors whose size depends on the images or the number of logits; -1 for a dimension that depends on neither.</summary>
    internal Func<ImageShape, int, (string Name, long[] Shape)[]> SizedTensors { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>Creates a custom architecture. Saved models refer to it by name; loading them takes the architecture.</summary>
    /// <param name="name">A name that none of this library's architectures has.</param>
    /// <param name="definition">How it is built, and the names of its head and its layers.</param>
    /// <exception cref="ArgumentException">The name is that of a built-in architecture, or the definition is incomplete.</exception>
    /// <example><code>
    /// NetworkArchitecture network = NetworkArchitecture.Create("TwoLayers", new()
    /// {
    ///     CreateModule = (shape, logits) =&gt; nn.Sequential(
    ///         ("body", nn.Sequential(nn.Flatten(), nn.Linear(shape.Size, 64), nn.ReLU())), ("head", nn.Linear(64, logits))),
    ///     LayerNames = ["body"],
    ///     HeadName = "head",
    /// });
    /// </code></example>
    public static NetworkArchitecture Create(string name, ArchitectureDefinition definition)
    {
        Require.NotEmpty(name, nameof(name));
        Require.NotNull(definition).Validate();
        if (BuiltIn.Any(network => network.Name == name))
            throw new ArgumentException($"'{name}' is the name of a built-in architecture; choose another one.", nameof(name));
        return new(name, definition.MinimumSide, blueprint => CustomClassifier.Create(blueprint, definition),
            (_, logits) => [($"{CustomClassifier.Prefix}{definition.HeadName}.weight", [logits, -1])]);
    }

    /// <summary>Builds the network on the CPU, with weights drawn from the seed.</summary>
    /// <param name="input">The shape of the images.</param>
    /// <param name="normalization">How pixels become the network's input.</param>
    /// <param name="heads">The tasks' heads in the order of their logits, without gaps; at least one.</param>
    /// <param name="seed">The seed of the initial weights.</param>
    /// <exception cref="ArgumentException">
    /// The images are too small, the normalization does not fit their channels, or the heads do not follow one another.
    /// </exception>
    public ImageClassifier Build(ImageShape input, InputNormalization normalization, IReadOnlyList<Head> heads, int seed)
        => Build(input, normalization, heads, (int?)seed);

    /// <summary>Finds the architecture of a saved model.</summary>
    internal static NetworkArchitecture Named(string name, params IReadOnlyList<NetworkArchitecture> custom)
    {
        NetworkArchitecture[] known = [.. BuiltIn, .. custom];
        return known.FirstOrDefault(network => network.Name == name) ?? throw new InvalidDataException(
            $"its architecture '{name}' is not among {string.Join<NetworkArchitecture>(", ", known)}; "
            + "give a custom architecture to Load, or add it by mlContext.FeatureReuse.AddArchitecture before mlContext.Model.Load");
    }

    internal static void RequireDistinct(IReadOnlyList<NetworkArchitecture> architectures)
    {
        (string? name, int count) = architectures.Distinct().CountBy(network => network.Name).FirstOrDefault(named => named.Value > 1);
        if (name is not null)
        {
            throw new ArgumentException(
                $"{count} architectures are called '{name}'; a saved model finds its architecture by its name.", nameof(architectures));
        }
    }

    /// <summary>Builds the network; without a seed for weights that are overwritten at once.</summary>
    internal ImageClassifier Build(ImageShape input, InputNormalization normalization, IReadOnlyList<Head> heads, int? seed)
    {
        Require.NotNull(normalization).Validate();
        Require.InRange(input.Channels, 1, 16, $"{nameof(input)}.{nameof(input.Channels)}");
        if (input.Height < MinimumSide || input.Width < MinimumSide)
        {
            throw new ArgumentException(
                $"The images are {input}; {Name} needs a height and width of at least {MinimumSide} pixels.", nameof(input));
        }
        Head.RequireConsecutive(heads);
        TorchRuntime.EnsureLoaded();
        return GlobalGenerator.WithSeed(seed ?? 0, ()
            => _create(new NetworkBlueprint(this, input, normalization, [.. heads], DrawsWeights: seed is not null)));
    }
}
