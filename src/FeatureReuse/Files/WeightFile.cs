using System.Collections.Immutable;

namespace FeatureReuse;

/// <summary>Weights alone, as safetensors, under the names that PyTorch's programs use.</summary>
internal static class WeightFile
{
    /// <summary>Counts that old files lack and that evaluation does not read.</summary>
    private const string Optional = ".num_batches_tracked";

    /// <summary>Writes beside the file and renames.</summary>
    public static void Write(string path, ImageClassifier network)
    {
        NamedTensor[] tensors = [.. NamedTensor.AllOf(network).Select(tensor => tensor with { Name = WeightNames.Exported(network, tensor.Name) })];
        WholeFile.Write(path, stream => SafeTensors.Write(stream, tensors, ImmutableSortedDictionary<string, string>.Empty.Add("format", "pt")));
    }

    /// <summary>Reads weights into a network: all of them, or those that fit.</summary>
    /// <param name="path">The file.</param>
    /// <param name="network">On the processor.</param>
    /// <param name="strict">Whether names and shapes must be the same.</param>
    /// <exception cref="InvalidDataException">The file is damaged, no safetensors file, or not one of this network; the message names the tensors.</exception>
    public static WeightDifferences Read(string path, ImageClassifier network, bool strict) => SafeTensors.Load(path, file =>
    {
        Dictionary<string, Tensor> places = network.state_dict();
        string NameOf(string name) => WeightNames.Imported(network, name);
        WeightDifferences differences = Compare(file.Entries, NameOf, places);
        if (strict && !differences.AreNone)
        {
            throw new InvalidDataException($"its tensors are not those of {network.Architecture.Name} ({differences}); strict: false takes what fits");
        }
        // Memory is taken for these alone, whose shapes are the network's.
        string[] fitting = [.. file.Entries.Where(entry => places.TryGetValue(NameOf(entry.Key), out Tensor? place) && Fits(entry.Value, place)).Select(entry => entry.Key)];
        if (fitting.Length == 0)
        {
            throw new InvalidDataException($"none of its tensors fits one of {network.Architecture.Name}; it has {string.Join(", ", file.Entries.Keys.Take(3))}, ...");
        }
        using IDisposable frozen = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Dictionary<string, Tensor> read = fitting.ToDictionary(name => name, name => empty(file.Entries[name].Shape, dtype: TypeOf(file.Entries[name].Type)));
        file.ReadInto(name => read.TryGetValue(name, out Tensor? place) ? place.bytes : []);
        foreach ((string name, Tensor value) in read)
            places[NameOf(name)].copy_(value);
        return differences;
    });

    /// <summary>How a file's tensors differ from a network's, whatever the width of floats.</summary>
    /// <param name="entries">The file's.</param>
    /// <param name="nameOf">The network's name of a file's tensor.</param>
    /// <param name="places">The network's.</param>
    public static WeightDifferences Compare(IReadOnlyDictionary<string, TensorEntry> entries, Func<string, string> nameOf, IReadOnlyDictionary<string, Tensor> places)
    {
        static string Describe(string type, IEnumerable<long> shape) => $"{type} [{string.Join(", ", shape)}]";
        return new([.. places.Keys.Except(entries.Keys.Select(nameOf)).Where(name => !name.EndsWith(Optional, StringComparison.Ordinal))],
            [.. entries.Keys.Where(name => !places.ContainsKey(nameOf(name)))],
            [.. entries.Where(entry => places.TryGetValue(nameOf(entry.Key), out Tensor? place) && !Fits(entry.Value, place)).Select(entry =>
                $"{entry.Key} is {Describe(entry.Value.Type, entry.Value.Shape)}, not {Describe(NamedTensor.TypeNameOf(places[nameOf(entry.Key)].dtype), places[nameOf(entry.Key)].shape)}")]);
    }

    /// <summary>The classes of the readout in a file; null if it has none that is called as the network's.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, or no safetensors file.</exception>
    public static int? ClassCount(string path, ImageClassifier network) => SafeTensors.Load(path, file =>
    {
        TensorEntry? readout = file.Entries.FirstOrDefault(entry => WeightNames.Imported(network, entry.Key) == network.ReadoutName).Value;
        // With as many features as the network has, so that a file of few bytes cannot claim many classes.
        return readout is { Shape: [>= 1 and <= int.MaxValue and var rows, var features] } && features == network.FeatureCount ? (int?)rows : null;
    });

    /// <summary>Floats of any width become 32-bit ones.</summary>
    private static bool Fits(TensorEntry entry, Tensor place) => entry.Shape.SequenceEqual(place.shape) && (entry.Type is "F32" or "F64" or "F16" or "BF16") == place.is_floating_point();

    private static ScalarType TypeOf(string type) => type switch
    {
        "F32" => ScalarType.Float32,
        "F64" => ScalarType.Float64,
        "F16" => ScalarType.Float16,
        "BF16" => ScalarType.BFloat16,
        "I64" => ScalarType.Int64,
        "I32" => ScalarType.Int32,
        "I16" => ScalarType.Int16,
        "I8" => ScalarType.Int8,
        "U8" => ScalarType.Byte,
        "BOOL" => ScalarType.Bool,
        _ => throw new InvalidDataException($"it has a tensor of type {type}, which libtorch does not know"),
    };
}
