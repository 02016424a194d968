namespace FeatureReuse;

/// <summary>Describes a rescaling of the weights without training.</summary>
/// <param name="Rescaling">By what the weights were multiplied.</param>
public sealed record RescalingRun(Rescaling Rescaling) : RunRecord("", 0, 0, Rescaling)
{
    internal override string Name => "rescale";
}
