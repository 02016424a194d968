namespace FeatureReuse;

/// <summary>How the tensors of a file differ from those of a network, by name.</summary>
/// <param name="Missing">The network's that the file lacks.</param>
/// <param name="Unexpected">The file's that the network lacks.</param>
/// <param name="Different">In both, of another shape or type: "fc.weight is F32 [1000, 512], not F32 [4, 512]".</param>
public sealed record WeightDifferences(IReadOnlyList<string> Missing, IReadOnlyList<string> Unexpected, IReadOnlyList<string> Different)
{
    private const int MostNamed = 100;

    /// <summary>Whether there are none.</summary>
    public bool AreNone => Missing.Count + Unexpected.Count + Different.Count == 0;

    /// <summary>The names, of each kind at most a hundred.</summary>
    public override string ToString() => $"missing: {List(Missing)}; unexpected: {List(Unexpected)}; of another shape or type: {List(Different)}";

    private static string List(IReadOnlyList<string> names)
        => names.Count == 0 ? "none" : names.Count <= MostNamed ? string.Join(", ", names) : $"{string.Join(", ", names.Take(MostNamed))} and {names.Count - MostNamed} more";
}
