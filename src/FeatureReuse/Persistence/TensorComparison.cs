using static TorchSharp.torch;

namespace FeatureReuse.Persistence;

/// <summary>How a file's tensors differ from those of a network, by name.</summary>
/// <param name="Missing">The network's that the file lacks.</param>
/// <param name="Unexpected">The file's that the network lacks.</param>
/// <param name="Different">In both, of another shape or type: "fc.weight is F32 [10, 512], not F32 [4, 512]".</param>
internal sealed record TensorComparison(IReadOnlyList<string> Missing, IReadOnlyList<string> Unexpected, IReadOnlyList<string> Different)
{
    private const int MostNamed = 3;

    public bool AreSame => Missing.Count + Unexpected.Count + Different.Count == 0;

    public static TensorComparison Of(IReadOnlyDictionary<string, TensorEntry> file, IReadOnlyDictionary<string, Tensor> network)
        => new([.. network.Keys.Except(file.Keys)], [.. file.Keys.Except(network.Keys)],
            [.. network.Where(place => file.TryGetValue(place.Key, out TensorEntry? entry) && !Fits(entry, place.Value)).Select(place =>
                $"{place.Key} is {file[place.Key].Type} [{string.Join(", ", file[place.Key].Shape)}], not {NamedTensor.TypeNameOf(place.Value.dtype)} [{string.Join(", ", place.Value.shape)}]")]);

    public override string ToString() => $"missing: {Sample(Missing)}; unexpected: {Sample(Unexpected)}; of another shape or type: {Sample(Different)}";

    private static bool Fits(TensorEntry entry, Tensor place) => entry.Shape.SequenceEqual(place.shape) && entry.Type == NamedTensor.TypeNameOf(place.dtype);

    private static string Sample(IReadOnlyList<string> names)
        => names.Count == 0 ? "none" : names.Count <= MostNamed ? string.Join(", ", names) : $"{string.Join(", ", names.Take(MostNamed))}, ... {names.Count} in all";
}
