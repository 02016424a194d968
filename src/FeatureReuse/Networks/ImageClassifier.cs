namespace FeatureReuse;

/// <summary>
/// Maps images [n, channels, height, width] (bytes or floats, not normalized) to logits [n, logits]; the heads are slices of them. The
/// last layer is called "logits".
/// </summary>
public abstract class ImageClassifier : nn.Module<Tensor, Tensor>
{
    /// <summary>The readout, under torchvision's name, so that weights are interchangeable.</summary>
    private protected readonly Linear fc;
    private readonly Lock _checking = new();
    private readonly HashSet<(long Height, long Width, bool Trains)> _checked = [];

    /// <summary>In a tuple, because a tensor in a field becomes a buffer of the module.</summary>
    private (Tensor Scale, Tensor Shift) _normalization;

    private protected ImageClassifier(NetworkBlueprint blueprint, Linear readout) : base(blueprint.Architecture.Name)
    {
        Blueprint = blueprint;
        fc = readout;
        FeatureCount = (int)readout.weight!.shape[1];
        _normalization = NormalizationOn(CPU);
    }

    /// <summary>Gets the architecture.</summary>
    public NetworkArchitecture Architecture => Blueprint.Architecture;

    /// <summary>Gets the shape of the images.</summary>
    public ImageShape Input => Blueprint.Input;

    /// <summary>Gets how pixels become the network's input.</summary>
    public InputNormalization Normalization => Blueprint.Normalization;

    /// <summary>Gets the heads of the tasks, in the order of their logits.</summary>
    public IReadOnlyList<Head> Heads => Blueprint.Heads;

    /// <summary>Gets the number of values that the readout reads.</summary>
    public int FeatureCount { get; }

    /// <summary>Gets the names of the layers, from the pixels to "logits".</summary>
    public IReadOnlyList<string> LayerNames => [.. Layers.Select(layer => layer.Name)];

    internal NetworkBlueprint Blueprint { get; }
    internal abstract IReadOnlyList<NetworkLayer> Layers { get; }
    internal IReadOnlyList<NetworkLayer> LayersWithParameters => [.. Layers.Where(layer => layer.ParameterPrefixes.Count > 0)];
    internal Device Device { get; private set; } = CPU;
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
        int index = IndexOfLayer(layerName);
        return Walk(images).ElementAt(index).flatten(1);
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

    internal Head HeadNamed(string name) => Heads.FirstOrDefault(head => head.Name == name) ?? throw new ArgumentException(
        $"The network has no head '{name}'; it has {string.Join(", ", Heads.Select(head => $"'{head.Name}'"))}.", nameof(name));

    internal int IndexOfLayer(string layerName)
        => Layers.Index().FirstOrDefault(layer => layer.Item.Name == layerName) is { Item: not null } found ? found.Index
            : throw new ArgumentException(
                $"{Architecture.Name} has no layer '{layerName}'; its layers are {string.Join(", ", LayerNames)}.", nameof(layerName));

    internal void RequireLayersWithParameters(IEnumerable<string> names, string option)
    {
        string[] known = [.. LayersWithParameters.Select(layer => layer.Name)];
        if (names.FirstOrDefault(name => !known.Contains(name)) is { } unknown)
        {
            throw new ArgumentException($"{option} names the layer '{unknown}'; "
                + $"the layers of {Architecture.Name} with parameters are {string.Join(", ", known)}.", option);
        }
    }

    internal IEnumerable<(string Name, Parameter Parameter)> ParametersOf(NetworkLayer layer)
        => named_parameters().Where(entry => layer.Owns(entry.name));

    /// <summary>Returns the layers that have parameters, as training sees them.</summary>
    internal IReadOnlyList<TrainableLayer> TrainableLayers() => [.. LayersWithParameters.Select(layer => new TrainableLayer(
        layer.Name, [.. ParametersOf(layer).Select(entry => entry.Parameter)],
        [.. named_modules().Where(entry => layer.Owns(entry.name + ".")).Select(entry => entry.module)]))];

    /// <summary>Moves weights and normalization to a device.</summary>
    internal void MoveTo(Device device)
    {
        if (device.type == Device.type && device.index == Device.index)
            return;
        this.to(device);
        using (_normalization.Scale)
        using (_normalization.Shift)
            _normalization = NormalizationOn(device);
        Device = device;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            IsDisposed = true;
            _normalization.Scale.Dispose();
            _normalization.Shift.Dispose();
        }
        base.Dispose(disposing);
    }

    /// <summary>Draws the weights as torchvision does, unless they are overwritten at once.</summary>
    private protected Conv2d DrawWeights(Conv2d convolution)
    {
        if (Blueprint.DrawsWeights)
            nn.init.kaiming_normal_(convolution.weight, mode: nn.init.FanInOut.FanOut, nonlinearity: nn.init.NonlinearityType.ReLU);
        return convolution;
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
            CheckConvolutions(images.shape[2], images.shape[3], is_grad_enabled());
        ScalarType type = fc.weight!.dtype;
        // In bfloat16 bytes would lose their last bit.
        ScalarType precise = type == ScalarType.BFloat16 ? ScalarType.Float32 : type;
        return images.to_type(precise).mul(_normalization.Scale).PlusInPlace(_normalization.Shift).to_type(type);
    }

    /// <summary>Checks the convolutions before the first images of a size, with and without gradients.</summary>
    private void CheckConvolutions(long height, long width, bool trains)
    {
        // The pass below comes here again.
        if (_checking.IsHeldByCurrentThread)
            return;
        lock (_checking)
        {
            if (_checked.Contains((height, width, trains)) || _checked.Contains((height, width, true)))
                return;
            ConvolutionCheck.OfProcess.Require(this, () => call(zeros(1, Input.Channels, height, width)), trains);
            _checked.Add((height, width, trains));
        }
    }

    private (Tensor Scale, Tensor Shift) NormalizationOn(Device device)
    {
        using DisposeScope scope = NewDisposeScope();
        (float[] scales, float[] shifts) = Blueprint.PixelFactors;
        long[] shape = [1, scales.Length, 1, 1];
        return (tensor(scales, shape).to(device).DetachFromDisposeScope(), tensor(shifts, shape).to(device).DetachFromDisposeScope());
    }
}
