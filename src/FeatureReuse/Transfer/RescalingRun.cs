namespace FeatureReuse;

/// <summary>Describes a rescaling of the weights without training.</summary>
/// <param name="Rescaling">The rescaling applied to the weights.</param>
public sealed record RescalingRun(Rescaling Rescaling) : RunRecord("", 0, 0, Rescaling)
{
    internal override string Name => "rescale";
}
