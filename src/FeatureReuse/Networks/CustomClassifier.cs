using TorchSharp.Modules;

namespace FeatureReuse;

/// <summary>A network of a custom architecture: the module that its definition builds, with hooks on the layers.</summary>
internal sealed class CustomClassifier : ImageClassifier
{
    public const string FeaturesName = "features";
    public const string LogitsName = "logits";
    private const string Prefix = "network";

    private readonly nn.Module<Tensor, Tensor> _module;
    private readonly ArchitectureDefinition _definition;

    /// <summary>What the forward pass on a thread collects; null while no layers are asked for.</summary>
    private readonly ThreadLocal<Tensor?[]?> _collected = new();

    private CustomClassifier(NetworkBlueprint blueprint, ArchitectureDefinition definition, nn.Module<Tensor, Tensor> module)
        : base(blueprint, HeadOf(blueprint.Architecture, definition, module))
    {
        _module = module;
        _definition = definition;
        register_module(Prefix, module);
        Layers =
        [
            .. definition.LayerNames.Select(name => new NetworkLayer(name, [$"{Prefix}.{name}."], LayerOf(Architecture, module, name).call)),
            new(FeaturesName, [], x => x),
            new(LogitsName, [ReadoutPrefix], fc.call),
        ];
        for (int i = 0; i < definition.LayerNames.Count; i++)
        {
            int layer = i;
            LayerOf(Architecture, module, definition.LayerNames[i]).register_forward_hook((_, _, output) => Collect(layer, output));
        }
        fc.register_forward_hook((_, input, output) =>
        {
            Collect(definition.LayerNames.Count, input);
            return Collect(definition.LayerNames.Count + 1, output);
        });
    }

    internal override IReadOnlyList<NetworkLayer> Layers { get; }

    internal override string ReadoutPrefix => $"{Prefix}.{_definition.HeadName}.";

    /// <exception cref="ArgumentException">The module is not as the definition says.</exception>
    public static CustomClassifier Create(NetworkBlueprint blueprint, ArchitectureDefinition definition)
    {
        nn.Module<Tensor, Tensor> module = definition.CreateModule(blueprint.Input, blueprint.LogitCount);
        try
        {
            RequireComplete(blueprint, definition, module);
            return new CustomClassifier(blueprint, definition, module);
        }
        catch
        {
            module.Dispose();
            throw;
        }
    }

    public static IEnumerable<(string Name, long[] Shape)> SizedTensors(ArchitectureDefinition definition, int logitCount)
        => [($"{Prefix}.{definition.HeadName}.weight", [logitCount, -1])];

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => _module.call(Normalize(input));

    /// <summary>Runs one whole forward pass, whatever is asked for: only the module knows how its layers are joined.</summary>
    internal override IEnumerable<Tensor> Walk(Tensor images)
    {
        var collected = new Tensor?[Layers.Count];
        _collected.Value = collected;
        try
        {
            forward(images).Dispose();
        }
        finally
        {
            _collected.Value = null;
        }
        int missing = Array.FindIndex(collected, kept => kept is null);
        // From here on the caller's scope owns them, whether they are asked for or not.
        Tensor[] activations = [.. collected.OfType<Tensor>().Select(kept =>
        {
            using (kept)
                return kept.alias();
        })];
        return missing < 0 ? activations : throw new InvalidOperationException(
            $"{Architecture.Name}'s forward pass did not call its layer '{Layers[missing].Name}'; layers are reached by call, in the module's forward.");
    }

    /// <summary>Keeps a copy, because later layers may dispose the output or change it in place.</summary>
    private Tensor Collect(int layer, Tensor output)
    {
        if (_collected.Value is { } collected)
        {
            collected[layer]?.Dispose();
            collected[layer] = output.clone().DetachFromDisposeScope();
        }
        return output;
    }

    private static nn.Module<Tensor, Tensor> LayerOf(NetworkArchitecture network, nn.Module module, string name)
        => ModuleNamed(module, name) as nn.Module<Tensor, Tensor> ?? throw new ArgumentException(
            $"{network.Name} has no layer '{name}' from tensor to tensor; its modules are {Names(module)}.", nameof(name));

    private static nn.Module? ModuleNamed(nn.Module module, string name) => module.named_modules().FirstOrDefault(entry => entry.name == name).module;

    private static string Names(nn.Module module) => string.Join(", ", module.named_modules().Select(entry => entry.name).Where(name => name.Length > 0));

    private static Linear HeadOf(NetworkArchitecture network, ArchitectureDefinition definition, nn.Module module)
        => ModuleNamed(module, definition.HeadName) as Linear ?? throw new ArgumentException(
            $"{network.Name} has no nn.Linear '{definition.HeadName}' for a head; its modules are {Names(module)}.", nameof(definition));

    /// <summary>Requires that head and layers exist and hold all parameters: one outside would neither be rescaled nor trained.</summary>
    private static void RequireComplete(NetworkBlueprint blueprint, ArchitectureDefinition definition, nn.Module module)
    {
        NetworkArchitecture network = blueprint.Architecture;
        long outputs = HeadOf(network, definition, module).weight!.shape[0];
        if (outputs != blueprint.LogitCount)
        {
            throw new ArgumentException(
                $"{network.Name}'s head '{definition.HeadName}' has {outputs} outputs; it was to be built with {blueprint.LogitCount}.", nameof(definition));
        }
        foreach (string name in definition.LayerNames)
            LayerOf(network, module, name);
        string[]? twice = module.state_dict().GroupBy(entry => entry.Value.Handle, entry => entry.Key).Select(names => names.ToArray())
            .FirstOrDefault(names => names.Length > 1);
        if (twice is not null)
        {
            throw new ArgumentException($"{network.Name} has one tensor under the names {string.Join(" and ", twice)}; "
                + "register a module by its field or by register_module, not by both.", nameof(definition));
        }
        string[] outside = [.. module.named_parameters().Select(entry => entry.name)
            .Where(name => !definition.LayerNames.Append(definition.HeadName).Any(layer => name.StartsWith($"{layer}.", StringComparison.Ordinal)))];
        if (outside.Length > 0)
        {
            throw new ArgumentException(
                $"{network.Name} has parameters in no layer: {string.Join(", ", outside)}. Name the modules that hold them in {nameof(ArchitectureDefinition.LayerNames)}.");
        }
    }
}
