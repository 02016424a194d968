namespace FeatureReuse;

/// <summary>What tells one network from another of the same architecture, weights aside.</summary>
/// <param name="Architecture">The architecture.</param>
/// <param name="Input">The shape of the images.</param>
/// <param name="Normalization">How pixels become the network's input.</param>
/// <param name="Heads">The tasks' heads.</param>
/// <param name="DrawsWeights">False where all weights are overwritten at once, so that drawing them would only take time.</param>
internal sealed record NetworkBlueprint(NetworkArchitecture Architecture, ImageShape Input, InputNormalization Normalization, IReadOnlyList<Head> Heads, bool DrawsWeights)
{
    /// <summary>The mean of each channel.</summary>
    public float[] Mean { get; } = InputNormalization.Expand(Normalization.Mean, Input.Channels, nameof(Normalization.Mean));

    /// <summary>The standard deviation of each channel.</summary>
    public float[] StandardDeviation { get; } = InputNormalization.Expand(Normalization.StandardDeviation, Input.Channels, nameof(Normalization.StandardDeviation));

    public int LogitCount => Heads.Sum(head => head.ClassCount);
}
