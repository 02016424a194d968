namespace FeatureReuse;

/// <summary>Writes and reads weights alone, as safetensors, under the names that PyTorch programs use.</summary>
internal static class WeightFile
{
    /// <summary>Counts that old files lack and that evaluation does not read.</summary>
    private const string OptionalSuffix = ".num_batches_tracked";

    public static void Write(string path, ImageClassifier network)
    {
        NamedTensor[] tensors = [.. NamedTensor.AllOf(network)
            .Select(tensor => tensor with { Name = WeightNames.Exported(network, tensor.Name) })];
        WholeFile.Write(path, stream => SafeTensors.Write(stream, tensors, new Dictionary<string, string> { ["format"] = "pt" }));
    }

    /// <summary>Reads weights into a network on the CPU: all of them, or, if not <paramref name="strict"/>, those that fit.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, no safetensors file, or of another network; the message names the
    /// tensors.</exception>
    public static WeightDifferences Read(string path, ImageClassifier network, bool strict) => SafeTensors.Load(path, file =>
    {
        Dictionary<string, Tensor> weights = network.state_dict();
        string NameOf(string name) => WeightNames.Imported(network, name);
        WeightDifferences differences = Compare(file.Entries, NameOf, weights);
        string architecture = network.Architecture.Name;
        if (strict && !differences.AreNone)
            throw new InvalidDataException($"its tensors are not those of {architecture} ({differences}); strict: false takes what fits");
        using IDisposable frozen = no_grad();
        using DisposeScope scope = NewDisposeScope();
        // Only tensors of the network's own shapes take memory.
        Dictionary<string, Tensor> read = file.Entries.Where(entry => Fits(entry.Value, weights.GetValueOrDefault(NameOf(entry.Key))))
            .ToDictionary(entry => entry.Key, entry => empty(entry.Value.Shape, dtype: ElementTypes.ScalarOf(entry.Value.Type)));
        if (read.Count == 0)
        {
            string found = string.Join(", ", file.Entries.Keys.Take(3));
            throw new InvalidDataException($"none of its tensors fits one of {architecture}; it has {found}, ...");
        }
        file.ReadInto(name => read.TryGetValue(name, out Tensor? memory) ? memory.bytes : []);
        foreach ((string name, Tensor value) in read)
            weights[NameOf(name)].copy_(value);
        return differences;
    });

    /// <summary>Compares a file's tensors with a network's weights, whatever the width of floats.</summary>
    /// <param name="entries">The file's tensors.</param>
    /// <param name="nameOf">Gets the network's name of a file's tensor.</param>
    /// <param name="weights">The network's parameters and buffers.</param>
    public static WeightDifferences Compare(
        IReadOnlyDictionary<string, TensorEntry> entries, Func<string, string> nameOf, IReadOnlyDictionary<string, Tensor> weights)
    {
        string Describe(string name, TensorEntry entry, Tensor weight) => $"{name} is {entry.Type} {TensorEntry.Describe(entry.Shape)}, "
            + $"not {ElementTypes.NameOf(weight.dtype)} {TensorEntry.Describe(weight.shape)}";
        return new(
            [.. weights.Keys.Except(entries.Keys.Select(nameOf)).Where(name => !name.EndsWith(OptionalSuffix, StringComparison.Ordinal))],
            [.. entries.Keys.Where(name => !weights.ContainsKey(nameOf(name)))],
            [.. entries.Where(entry => weights.TryGetValue(nameOf(entry.Key), out Tensor? weight) && !Fits(entry.Value, weight))
                .Select(entry => Describe(entry.Key, entry.Value, weights[nameOf(entry.Key)]))]);
    }

    /// <summary>Gets the number of classes of the readout in a file; null if it has none under the network's name.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, or no safetensors file.</exception>
    public static int? ClassCount(string path, ImageClassifier network) => SafeTensors.Load(path, file =>
    {
        TensorEntry? readout = file.Entries.FirstOrDefault(entry => WeightNames.Imported(network, entry.Key) == network.ReadoutName).Value;
        // With as many features as the network has, so that a file of few bytes cannot claim many classes.
        return readout?.Shape is [>= 1 and <= int.MaxValue and var rows, var width] && width == network.FeatureCount ? (int?)rows : null;
    });

    /// <summary>Floats of any width become 32-bit ones.</summary>
    private static bool Fits(TensorEntry entry, Tensor? weight)
        => weight is not null && entry.Shape.SequenceEqual(weight.shape) 
            && (entry.Type is "F32" or "F64" or "F16" or "BF16") == weight.is_floating_point();
}
