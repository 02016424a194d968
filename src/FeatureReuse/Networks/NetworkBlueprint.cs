namespace FeatureReuse;

/// <summary>Describes a network, weights aside. They are not drawn where all of them are overwritten at once.</summary>
internal sealed record NetworkBlueprint(
    NetworkArchitecture Architecture, ImageShape Input, InputNormalization Normalization, IReadOnlyList<Head> Heads, bool DrawsWeights)
{
    /// <summary>Gets the normalization as pixel * scale + shift, by channel.</summary>
    public (float[] Scales, float[] Shifts) PixelFactors { get; } = Normalization.FactorsFor(Input.Channels);

    public int LogitCount => Heads.Sum(head => head.ClassCount);
}
