namespace FeatureReuse.Networks;

/// <summary>What tells one network from another of the same architecture, weights aside.</summary>
internal sealed record NetworkBlueprint(Network Network, ImageShape Input, InputNormalization Normalization, IReadOnlyList<Head> Heads)
{
    public int LogitCount => Heads.Sum(head => head.ClassCount);
}
