namespace FeatureReuse;

/// <summary>Describes how the tensors of a file differ from those of a network, by name.</summary>
/// <param name="Missing">The network's tensors that the file lacks.</param>
/// <param name="Unexpected">The file's tensors that the network lacks.</param>
/// <param name="Different">Those in both, of another shape or type: "fc.weight is F32 [1000, 512], not F32 [4, 512]".</param>
public sealed record WeightDifferences(IReadOnlyList<string> Missing, IReadOnlyList<string> Unexpected, IReadOnlyList<string> Different)
{
    private const int MostNamed = 100;

    /// <summary>Gets whether file and network have the same tensors.</summary>
    public bool IsEmpty => Missing.Count + Unexpected.Count + Different.Count == 0;

    /// <summary>Lists the names, at most a hundred of each kind.</summary>
    public override string ToString()
        => $"missing: {List(Missing)}; unexpected: {List(Unexpected)}; of another shape or type: {List(Different)}";

    private static string List(IReadOnlyList<string> names) => names.Count == 0 ? "none"
        : string.Join(", ", names.Take(MostNamed)) + (names.Count > MostNamed ? $" and {names.Count - MostNamed} more" : "");
}
