namespace FeatureReuse;

/// <summary>Configures <see cref="FeatureReuseCatalog.Calibrate"/>.</summary>
public sealed record CalibrateOptions
{
    /// <summary>Gets the label column of the held-out rows: a key with values. Default "Label".</summary>
    public string LabelColumnName { get; init; } = "Label";

    /// <summary>Gets the token that stops the calibration before the next batch. Default none.</summary>
    public CancellationToken CancellationToken { get; init; }
}
