namespace FeatureReuse;

/// <summary>
/// Maps images [n, channels, height, width] (bytes or floats, not normalized) to logits [n, logits]. The last layer is called "logits"; the
/// heads are slices of it.
/// </summary>
public abstract class ImageClassifier : nn.Module<Tensor, Tensor>
{
    /// <summary>The readout, under torchvision's name, so that weights are interchangeable.</summary>
    private protected readonly Linear fc;
    private readonly NetworkBlueprint _blueprint;
    private readonly ConvolutionGuard _convolutions;
    private PixelScaling _scaling;

    private protected ImageClassifier(NetworkBlueprint blueprint, int featureCount)
        : this(blueprint, nn.Linear(featureCount, blueprint.LogitCount))
    {
    }

    private protected ImageClassifier(NetworkBlueprint blueprint, Linear readout) : base(blueprint.Architecture.Name)
    {
        _blueprint = blueprint;
        fc = readout;
        FeatureCount = (int)readout.weight!.shape[1];
        _convolutions = new(this);
        _scaling = new(blueprint.PixelFactors, CPU);
    }

    /// <summary>Gets the architecture.</summary>
    public NetworkArchitecture Architecture => _blueprint.Architecture;

    /// <summary>Gets the shape of the images.</summary>
    public ImageShape Input => _blueprint.Input;

    /// <summary>Gets how pixels become the network's input.</summary>
    public InputNormalization Normalization => _blueprint.Normalization;

    /// <summary>Gets the heads of the tasks, in the order of their logits.</summary>
    public IReadOnlyList<Head> Heads => _blueprint.Heads;

    /// <summary>Gets the number of values that the readout reads.</summary>
    public int FeatureCount { get; }

    /// <summary>Gets the names of the layers, from the pixels to "logits".</summary>
    public IReadOnlyList<string> LayerNames => [.. Layers.Select(layer => layer.Name)];

    /// <summary>The normalization as pixel * scale + shift, by channel.</summary>
    internal (float[] Scales, float[] Shifts) NormalizationFactors => _blueprint.PixelFactors;

    internal abstract IReadOnlyList<NetworkLayer> Layers { get; }

    internal Device Device { get; private set; } = CPU;

    /// <summary>Whether the weights were freed.</summary>
    internal bool IsDisposed { get; private set; }

    internal Linear Readout => fc;
    internal string ReadoutName => ReadoutPrefix + "weight";

    /// <summary>The beginning of the names of the readout's parameters.</summary>
    internal virtual string ReadoutPrefix => "fc.";

    /// <summary>Computes the logits of all heads, [n, logits].</summary>
    /// <param name="input">Images [n, channels, height, width], bytes or floats, on the network's device.</param>
    public override Tensor forward(Tensor input) => Walk(input).Last();

    /// <summary>Computes the activations of a layer, flattened to [n, values].</summary>
    /// <param name="images">Images [n, channels, height, width], bytes or floats, on the network's device.</param>
    /// <param name="layerName">One of <see cref="LayerNames"/>.</param>
    /// <exception cref="ArgumentException">The network has no such layer; the message lists those it has.</exception>
    public Tensor Activations(Tensor images, string layerName)
    {
        RequireLayer(layerName);
        return Walk(images).ElementAt(LayerNames.ToList().IndexOf(layerName)).flatten(1);
    }

    /// <summary>Computes the activations layer by layer, as far as they are asked for.</summary>
    internal virtual IEnumerable<Tensor> Walk(Tensor images)
    {
        Tensor x = Normalize(images);
        foreach (NetworkLayer layer in Layers)
        {
            x = layer.Apply(x);
            yield return x;
        }
    }

    /// <summary>Gets the logits of one head, [n, classes]: a view of the logits of all heads.</summary>
    internal static Tensor Slice(Tensor logits, Head head) => logits.narrow(1, head.Start, head.ClassCount);

    /// <exception cref="ArgumentException">The network has no such head.</exception>
    internal Head HeadNamed(string name) => Heads.FirstOrDefault(head => head.Name == name)
        ?? throw new ArgumentException(
            $"The network has no head '{name}'; it has {string.Join(", ", Heads.Select(head => $"'{head.Name}'"))}.", nameof(name));

    /// <exception cref="ArgumentException">The network has no such layer; the message lists those it has.</exception>
    internal void RequireLayer(string layerName)
    {
        if (!LayerNames.Contains(layerName))
        {
            throw new ArgumentException(
                $"{Architecture.Name} has no layer '{layerName}'; its layers are {string.Join(", ", LayerNames)}.", nameof(layerName));
        }
    }

    /// <summary>Gets the layers that have parameters, from the pixels to the logits.</summary>
    internal IReadOnlyList<NetworkLayer> LayersWithParameters => [.. Layers.Where(layer => layer.HasParameters)];

    /// <summary>Returns the parameters of a layer with their names.</summary>
    internal IEnumerable<(string Name, Parameter Parameter)> ParametersOf(NetworkLayer layer)
        => named_parameters().Where(entry => layer.Owns(entry.name));

    /// <summary>Returns the layers that have parameters, as training sees them.</summary>
    internal IReadOnlyList<TrainableLayer> TrainableLayers()
        => [.. LayersWithParameters.Select(layer => new TrainableLayer(
            layer.Name,
            [.. ParametersOf(layer).Select(entry => entry.Parameter)],
            [.. named_modules().Where(entry => layer.Owns(entry.name + ".")).Select(entry => entry.module)]))];

    /// <exception cref="ArgumentException">A name is not that of a layer with parameters; the message lists those there are.</exception>
    internal void RequireLayersWithParameters(IEnumerable<string> names, string option)
    {
        string[] known = [.. LayersWithParameters.Select(layer => layer.Name)];
        if (names.FirstOrDefault(name => !known.Contains(name)) is { } unknown)
        {
            throw new ArgumentException($"{option} names the layer '{unknown}'; "
                + $"the layers of {Architecture.Name} with parameters are {string.Join(", ", known)}.", option);
        }
    }

    /// <summary>Moves weights and normalization to a device.</summary>
    internal void MoveTo(Device device)
    {
        if (device.type == Device.type && device.index == Device.index)
            return;
        this.to(device);
        _scaling.Dispose();
        _scaling = new(_blueprint.PixelFactors, device);
        Device = device;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            IsDisposed = true;
            _scaling.Dispose();
        }
        base.Dispose(disposing);
    }

    /// <summary>Checks and normalizes a batch of images.</summary>
    private protected Tensor Normalize(Tensor images)
    {
        if (images.dim() != 4 || images.shape[1] != Input.Channels)
        {
            throw new ArgumentException($"The batch has the shape [{string.Join(", ", images.shape)}]; "
                + $"it must be [n, {Input.Channels}, {Input.Height}, {Input.Width}].", nameof(images));
        }
        if (Device.type == DeviceType.CPU)
            _convolutions.Require(images.shape[2], images.shape[3]);
        return _scaling.Apply(images, fc.weight!.dtype);
    }
}
