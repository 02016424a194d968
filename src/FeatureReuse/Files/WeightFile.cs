namespace FeatureReuse;

/// <summary>Writes and reads weights alone, as safetensors, under the names that PyTorch programs use.</summary>
internal static class WeightFile
{
    /// <summary>Counts that old files lack and that evaluation does not read.</summary>
    private const string Optional = ".num_batches_tracked";

    /// <summary>timm's names of the vision transformer's tensors where they are not this library's.</summary>
    private static readonly (string Own, string Timm)[] TimmNames = [("patch_embed.", "patch_embed.proj."), ("fc.", "head.")];

    public static void Write(string path, ImageClassifier network)
    {
        string prefix = network is CustomClassifier ? CustomClassifier.Prefix : "";
        NamedTensor[] tensors = [.. NamedTensor.AllOf(network).Select(tensor => tensor with { Name = tensor.Name[prefix.Length..] })];
        WholeFile.Write(path, stream => SafeTensors.Write(stream, tensors, new Dictionary<string, string> { ["format"] = "pt" }));
    }

    /// <summary>Reads weights into a network on the CPU: all of them, or, if not <paramref name="strict"/>, those that fit.</summary>
    public static WeightDifferences Read(string path, ImageClassifier network, bool strict) => SafeTensors.Load(path, file =>
    {
        Dictionary<string, Tensor> weights = network.state_dict();
        string Imported(string name) => ImportedName(network, name);
        WeightDifferences differences = Compare(file.Entries, Imported, weights);
        string architecture = network.Architecture.Name;
        if (strict && !differences.IsEmpty)
            throw new InvalidDataException($"its tensors are not those of {architecture} ({differences}); strict: false takes what fits");
        using IDisposable frozen = no_grad();
        using DisposeScope scope = NewDisposeScope();
        // Only tensors of the network's own shapes take memory.
        Dictionary<string, Tensor> read = file.Entries.Where(entry => Fits(entry.Value, weights.GetValueOrDefault(Imported(entry.Key))))
            .ToDictionary(entry => entry.Key, entry => empty(entry.Value.Shape, dtype: entry.Value.ScalarType));
        string found = string.Join(", ", file.Entries.Keys.Take(3));
        if (read.Count == 0)
            throw new InvalidDataException($"none of its tensors fits one of {architecture}; it has {found}, ...");
        file.ReadInto(name => read.TryGetValue(name, out Tensor? memory) ? memory.bytes : []);
        foreach ((string name, Tensor value) in read)
            weights[Imported(name)].copy_(value);
        return differences;
    });

    /// <summary>Compares a file's tensors with a network's weights, whatever the width of floats.</summary>
    public static WeightDifferences Compare(
        IReadOnlyDictionary<string, TensorEntry> entries, Func<string, string> networkName, IReadOnlyDictionary<string, Tensor> weights)
        => new(
            [.. weights.Keys.Except(entries.Keys.Select(networkName)).Where(name => !name.EndsWith(Optional, StringComparison.Ordinal))],
            [.. entries.Keys.Where(name => !weights.ContainsKey(networkName(name)))],
            [.. from entry in entries
                let weight = weights.GetValueOrDefault(networkName(entry.Key))
                where weight is not null && !Fits(entry.Value, weight)
                select $"{entry.Key} is {entry.Value}, not {TensorEntry.NameOf(weight.dtype)} {TensorEntry.Describe(weight.shape)}"]);

    /// <summary>Gets names for the classes of the readout in a file: "0", "1" and so on.</summary>
    public static string[] ClassNames(string path, ImageClassifier network) => SafeTensors.Load(path, file =>
    {
        TensorEntry? readout = file.Entries.FirstOrDefault(entry => ImportedName(network, entry.Key) == network.ReadoutName).Value;
        // With as many features as the network has, so that a file of few bytes cannot claim many classes.
        if (readout?.Shape is not [>= 1 and <= int.MaxValue and var rows, var width] || width != network.FeatureCount)
        {
            throw new InvalidDataException(
                $"it has no readout '{network.ReadoutName}' from which to infer the number of classes; set ClassNames");
        }
        return Enumerable.Range(0, (int)rows).Select(number => number.ToString(CultureInfo.InvariantCulture)).ToArray();
    });

    /// <summary>Gets the network's name of a file's tensor; the file's own where the network knows none like it.</summary>
    private static string ImportedName(ImageClassifier network, string name)
    {
        if (network is CustomClassifier)
            return CustomClassifier.Prefix + name;
        (string own, string timm) = TimmNames.FirstOrDefault(
            pair => network is VisionTransformer && name.StartsWith(pair.Timm, StringComparison.Ordinal), (Own: "", Timm: ""));
        return own + name[timm.Length..];
    }

    /// <summary>Floats of any width become 32-bit ones.</summary>
    private static bool Fits(TensorEntry entry, Tensor? weight) => weight is not null && entry.Shape.SequenceEqual(weight.shape)
        && (entry.Type is "F32" or "F64" or "F16" or "BF16") == weight.is_floating_point();
}
