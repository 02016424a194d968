namespace FeatureReuse;

/// <summary>A network of a custom architecture: the module that its definition builds, with hooks on the layers.</summary>
internal sealed class CustomClassifier : ImageClassifier
{
    public const string FeaturesName = "features";
    public const string LogitsName = "logits";
    public const string Prefix = "network.";

    private readonly nn.Module<Tensor, Tensor> _module;

    /// <summary>The activations that the forward pass on each thread collects; null unless layers were requested.</summary>
    private readonly ThreadLocal<Tensor?[]?> _collected = new();

    private CustomClassifier(NetworkBlueprint blueprint, ArchitectureDefinition definition, nn.Module<Tensor, Tensor> module)
        : base(blueprint, (Linear)ModuleNamed(module, definition.HeadName)!)
    {
        _module = module;
        register_module(Prefix.TrimEnd('.'), module);
        ReadoutPrefix = $"{Prefix}{definition.HeadName}.";
        var layers = definition.LayerNames.Select(name => (nn.Module<Tensor, Tensor>)ModuleNamed(module, name)!).ToArray();
        Layers =
        [
            .. definition.LayerNames.Zip(layers, (name, layer) => new NetworkLayer(name, [$"{Prefix}{name}."], layer.call)),
            new(FeaturesName, [], x => x),
            new(LogitsName, [ReadoutPrefix], fc.call),
        ];
        foreach ((int index, nn.Module<Tensor, Tensor> layer) in layers.Index())
            layer.register_forward_hook((_, _, output) => Collect(index, output));
        fc.register_forward_hook((_, input, output) =>
        {
            Collect(layers.Length, input);
            return Collect(layers.Length + 1, output);
        });
    }

    internal override IReadOnlyList<NetworkLayer> Layers { get; }
    internal override string ReadoutPrefix { get; }

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
        Tensor[] activations = [.. collected.OfType<Tensor>().Select(kept => kept.alias())];
        foreach (Tensor? kept in collected)
            kept?.Dispose();
        return missing < 0 ? activations : throw new InvalidOperationException($"{Architecture.Name}'s forward pass did not call its layer "
            + $"'{Layers[missing].Name}'; layers are reached by call, in the module's forward.");
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

    private static nn.Module? ModuleNamed(nn.Module module, string name)
        => module.named_modules().FirstOrDefault(entry => entry.name == name).module;

    /// <summary>Requires that head and layers exist and hold all parameters: one outside would neither be rescaled nor trained.</summary>
    private static void RequireComplete(NetworkBlueprint blueprint, ArchitectureDefinition definition, nn.Module module)
    {
        ArgumentException Wrong(string what) => new($"{blueprint.Architecture.Name}{what}", nameof(definition));
        string modules = string.Join(", ", module.named_modules().Select(entry => entry.name).Where(entry => entry.Length > 0));
        Linear head = ModuleNamed(module, definition.HeadName) as Linear
            ?? throw Wrong($" has no nn.Linear '{definition.HeadName}' for a head; its modules are {modules}.");
        long outputs = head.weight!.shape[0];
        if (outputs != blueprint.LogitCount)
            throw Wrong($"'s head '{definition.HeadName}' has {outputs} outputs; it was to be built with {blueprint.LogitCount}.");
        if (definition.LayerNames.FirstOrDefault(layer => ModuleNamed(module, layer) is not nn.Module<Tensor, Tensor>) is { } missing)
            throw Wrong($" has no layer '{missing}' from tensor to tensor; its modules are {modules}.");
        var twice = module.state_dict().GroupBy(entry => entry.Value.Handle, entry => entry.Key).FirstOrDefault(names => names.Count() > 1);
        if (twice is not null)
        {
            throw Wrong($" has one tensor under the names {string.Join(" and ", twice)}; "
                + "register a module by its field or by register_module, not by both.");
        }
        string[] parts = [.. definition.LayerNames.Append(definition.HeadName).Select(part => $"{part}.")];
        string[] outside = [.. module.named_parameters().Select(entry => entry.name)
            .Where(parameter => !parts.Any(part => parameter.StartsWith(part, StringComparison.Ordinal)))];
        if (outside.Length > 0)
        {
            throw Wrong($" has parameters in no layer: {string.Join(", ", outside)}. "
                + $"Name the modules that hold them in {nameof(ArchitectureDefinition.LayerNames)}.");
        }
    }
}
