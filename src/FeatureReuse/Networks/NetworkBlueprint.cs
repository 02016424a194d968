namespace FeatureReuse;

/// <summary>Describes what tells one network from another of the same architecture, weights aside.</summary>
/// <param name="Architecture">The architecture.</param>
/// <param name="Input">The shape of the images.</param>
/// <param name="Normalization">How pixels become the network's input.</param>
/// <param name="Heads">The tasks' heads.</param>
/// <param name="DrawsWeights">False where all weights are overwritten at once, so that drawing them would only take time.</param>
internal sealed record NetworkBlueprint(
    NetworkArchitecture Architecture, ImageShape Input, InputNormalization Normalization, IReadOnlyList<Head> Heads, bool DrawsWeights)
{
    /// <summary>The normalization as pixel * scale + shift, by channel.</summary>
    public (float[] Scales, float[] Shifts) PixelFactors { get; } = Normalization.FactorsFor(Input.Channels);

    public int LogitCount => Heads.Sum(head => head.ClassCount);
}
