using TorchSharp.Modules;

namespace FeatureReuse;

/// <summary>
/// A network from images [n, channels, height, width] (bytes or floats, not normalised) to logits [n, logits]. Its last
/// layer is called "logits"; the heads are slices of it.
/// </summary>
public abstract class ImageClassifier : nn.Module<Tensor, Tensor>
{
    /// <summary>The readout; torchvision's name for it, so that weights interchange.</summary>
#pragma warning disable CA1051, IDE1006 // the name is the parameter's name
    private protected readonly Linear fc;
#pragma warning restore CA1051, IDE1006
    private readonly NetworkBlueprint _blueprint;
    private readonly Lock _checking = new();
    private readonly HashSet<(long Height, long Width, bool Trains)> _checked = [];
    private PixelScaling _scaling;

    private protected ImageClassifier(NetworkBlueprint blueprint, int featureCount) : this(blueprint, nn.Linear(featureCount, blueprint.LogitCount))
    {
    }

    private protected ImageClassifier(NetworkBlueprint blueprint, Linear readout) : base(blueprint.Architecture.Name)
    {
        _blueprint = blueprint;
        fc = readout;
        FeatureCount = (int)readout.weight!.shape[1];
        _scaling = ScalingOn(CPU);
    }

    /// <summary>The architecture.</summary>
    public NetworkArchitecture Architecture => _blueprint.Architecture;

    /// <summary>The shape of the images.</summary>
    public ImageShape Input => _blueprint.Input;

    /// <summary>How pixels become the network's input.</summary>
    public InputNormalization Normalization => _blueprint.Normalization;

    /// <summary>The tasks' heads, in the order of their logits.</summary>
    public IReadOnlyList<Head> Heads => _blueprint.Heads;

    /// <summary>The number of values that the readout reads.</summary>
    public int FeatureCount { get; }

    /// <summary>The names of the layers, from the pixels to "logits".</summary>
    public IReadOnlyList<string> LayerNames => [.. Layers.Select(layer => layer.Name)];

    internal abstract IReadOnlyList<NetworkLayer> Layers { get; }

    internal Device Device { get; private set; } = CPU;

    /// <summary>Whether the weights were freed.</summary>
    internal bool IsDisposed { get; private set; }

    internal Linear Readout => fc;

    internal string ReadoutName => ReadoutPrefix + "weight";

    /// <summary>How the names of the readout's parameters begin.</summary>
    private protected virtual string ReadoutPrefix => "fc.";

    /// <summary>The logits of all heads, [n, logits].</summary>
    /// <param name="input">Images [n, channels, height, width], bytes or floats, on the network's device.</param>
    public override Tensor forward(Tensor input)
    {
        return Walk(input).Last();
    }

    /// <summary>The activations of a layer, flattened to [n, values].</summary>
    /// <param name="images">Images [n, channels, height, width], bytes or floats, on the network's device.</param>
    /// <param name="layerName">One of <see cref="LayerNames"/>.</param>
    /// <exception cref="ArgumentException">The network has no such layer; the message lists those it has.</exception>
    public Tensor Activations(Tensor images, string layerName)
    {
        RequireLayer(layerName);
        return Walk(images).ElementAt(LayerNames.ToList().IndexOf(layerName)).flatten(1);
    }

    /// <summary>The activations of layer after layer, as far as they are asked for.</summary>
    /// <param name="images">Images [n, channels, height, width], bytes or floats, on the network's device.</param>
    internal virtual IEnumerable<Tensor> Walk(Tensor images)
    {
        Tensor x = Normalize(images);
        foreach (NetworkLayer layer in Layers)
        {
            x = layer.Apply(x);
            yield return x;
        }
    }

    /// <summary>The logits of one head, [n, classes]: a view of the logits of all heads.</summary>
    internal static Tensor Slice(Tensor logits, Head head) => logits.narrow(1, head.Start, head.ClassCount);

    /// <summary>The head with this name.</summary>
    /// <param name="name">A task's name.</param>
    /// <exception cref="ArgumentException">The network has no such head.</exception>
    public Head HeadNamed(string name) => Heads.FirstOrDefault(head => head.Name == name)
        ?? throw new ArgumentException($"The network has no head '{name}'; it has {string.Join(", ", Heads.Select(head => $"'{head.Name}'"))}.", nameof(name));

    /// <summary>A copy on the same device, sharing nothing with this network.</summary>
    public ImageClassifier Copy() => CopyInto(Architecture.BuildForWeights(Input, Normalization, Heads));

    /// <summary>A copy with one head more, whose weights are drawn from the seed as those of a new network are.</summary>
    /// <param name="name">The new task's name.</param>
    /// <param name="classNames">The new task's classes.</param>
    /// <param name="seed">The seed of the new head's weights.</param>
    /// <exception cref="ArgumentException">A head of this name exists already.</exception>
    public ImageClassifier CopyWithHead(string name, IReadOnlyList<string> classNames, int seed)
    {
        ArgumentNullException.ThrowIfNull(classNames);
        if (Heads.Any(head => head.Name == name))
            throw new ArgumentException($"The network has a head '{name}' already; heads have different names.", nameof(name));
        return CopyInto(Architecture.Build(Input, Normalization, [.. Heads, new Head(name, classNames, _blueprint.LogitCount)], seed));
    }

    /// <summary>Returns a copy that has a head for a task: the network's own, or a new one whose weights are drawn from the seed.</summary>
    internal ImageClassifier CopyFor(string task, IReadOnlyList<string> classNames, int seed)
        => Heads.Any(head => head.Name == task) ? Copy() : CopyWithHead(task, classNames, seed);

    /// <summary>A copy in which a head has other classes: those it knows keep their weights, new ones are drawn from the seed, others are dropped.</summary>
    /// <param name="name">The head's name.</param>
    /// <param name="classNames">Its classes, in their new order.</param>
    /// <param name="seed">The seed of the new classes' weights.</param>
    /// <exception cref="ArgumentException">The network has no such head.</exception>
    public ImageClassifier CopyWithClasses(string name, IReadOnlyList<string> classNames, int seed)
    {
        ArgumentNullException.ThrowIfNull(classNames);
        HeadNamed(name);
        List<Head> heads = [];
        foreach (Head head in Heads)
            heads.Add(new Head(head.Name, head.Name == name ? classNames : head.ClassNames, heads.Sum(other => other.ClassCount)));
        return CopyInto(Architecture.Build(Input, Normalization, heads, seed));
    }

    internal void RequireLayer(string layerName)
    {
        if (!LayerNames.Contains(layerName))
        {
            throw new ArgumentException($"{Architecture.Name} has no layer '{layerName}'; its layers are {string.Join(", ", LayerNames)}.", nameof(layerName));
        }
    }

    /// <summary>Gets the layers that have parameters, from the pixels to the logits.</summary>
    internal IReadOnlyList<NetworkLayer> LayersWithParameters => [.. Layers.Where(layer => layer.HasParameters)];

    /// <summary>Returns the parameters of a layer with their names.</summary>
    internal IEnumerable<(string Name, Parameter Parameter)> ParametersOf(NetworkLayer layer) => named_parameters().Where(entry => layer.Owns(entry.name));

    /// <summary>Returns the layers that have parameters, as training sees them.</summary>
    internal IReadOnlyList<TrainableLayer> TrainableLayers()
        => [.. LayersWithParameters.Select(layer => new TrainableLayer(layer.Name, [.. ParametersOf(layer).Select(entry => entry.Parameter)],
            [.. named_modules().Where(entry => layer.Owns(entry.name + ".")).Select(entry => entry.module)]))];

    /// <exception cref="ArgumentException">A name is not that of a layer with parameters; the message lists those there are.</exception>
    internal void RequireLayersWithParameters(IEnumerable<string> names, string option)
    {
        string[] known = [.. LayersWithParameters.Select(layer => layer.Name)];
        if (names.FirstOrDefault(name => !known.Contains(name)) is { } unknown)
        {
            throw new ArgumentException(
                $"{option} names the layer '{unknown}'; the layers of {Architecture.Name} with parameters are {string.Join(", ", known)}.", option);
        }
    }

    /// <summary>Moves weights and normalisation to a device.</summary>
    internal void MoveTo(Device device)
    {
        if (device.type == Device.type && device.index == Device.index)
            return;
        this.to(device);
        _scaling.Dispose();
        _scaling = ScalingOn(device);
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

    /// <summary>Overwrites a new network's weights with these, those of the readout class by class; what it has beyond them stays.</summary>
    private ImageClassifier CopyInto(ImageClassifier copy)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable frozen = no_grad();
        copy.MoveTo(Device);
        Dictionary<string, Tensor> target = copy.state_dict();
        foreach ((string name, Tensor value) in state_dict())
        {
            if (!name.StartsWith(ReadoutPrefix, StringComparison.Ordinal))
            {
                target[name].copy_(value);
                continue;
            }
            foreach (Head head in Heads)
            {
                Head other = copy.HeadNamed(head.Name);
                if (other.ClassNames.SequenceEqual(head.ClassNames))
                {
                    target[name].narrow(0, other.Start, head.ClassCount).copy_(value.narrow(0, head.Start, head.ClassCount));
                    continue;
                }
                for (int row = 0; row < other.ClassCount; row++)
                {
                    int own = head.ClassNames.ToList().IndexOf(other.ClassNames[row]);
                    if (own >= 0)
                        target[name].narrow(0, other.Start + row, 1).copy_(value.narrow(0, head.Start + own, 1));
                }
            }
        }
        return copy;
    }

    /// <summary>Adds the layers before the readout to an ONNX graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="images">Normalised images.</param>
    /// <returns>What the readout reads, [n, <see cref="FeatureCount"/>].</returns>
    /// <exception cref="NotSupportedException">The forward pass is not known.</exception>
    internal abstract string AddTo(OnnxGraph graph, string images);

    /// <summary>(x / maximum - mean) / deviation as x * scale + shift, by channel.</summary>
    internal (float[] Scales, float[] Shifts) NormalizationFactors
        => ([.. _blueprint.StandardDeviation.Select(deviation => 1 / (Normalization.PixelMaximum * deviation))],
            [.. _blueprint.Mean.Zip(_blueprint.StandardDeviation, (mean, deviation) => -mean / deviation)]);

    private protected Tensor Normalize(Tensor images)
    {
        if (images.dim() != 4 || images.shape[1] != Input.Channels)
        {
            throw new ArgumentException($"The batch has the shape [{string.Join(", ", images.shape)}]; it must be [n, {Input.Channels}, {Input.Height}, {Input.Width}].", nameof(images));
        }
        RequireRightConvolutions(images);
        return _scaling.Apply(images, fc.weight!.dtype);
    }

    /// <summary>Before the first images of their size, with and without gradients: compares the convolutions that they will reach (see <see cref="ConvolutionCheck"/>).</summary>
    private void RequireRightConvolutions(Tensor images)
    {
        if (Device.type != DeviceType.CPU)
            return;
        (long height, long width, bool trains) = (images.shape[2], images.shape[3], is_grad_enabled());
        // The pass below comes here again, on the same thread, and finds itself known.
        lock (_checking)
        {
            if (!_checked.Add((height, width, trains)) || (!trains && _checked.Contains((height, width, true))))
                return;
            _checked.Add((height, width, false));
            try
            {
                ConvolutionCheck.OfProcess.Require(this, () => call(zeros(1, Input.Channels, height, width)), trains);
            }
            catch
            {
                _checked.Clear();
                throw;
            }
        }
    }

    private PixelScaling ScalingOn(Device device)
    {
        (float[] scales, float[] shifts) = NormalizationFactors;
        return new(scales, shifts, device);
    }
}
