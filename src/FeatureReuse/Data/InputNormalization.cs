namespace FeatureReuse;

/// <summary>
/// Configures how pixels become the input of a network, as part of the network: (pixel / <see cref="PixelMaximum"/> - mean) / standard
/// deviation, channel by channel.
/// </summary>
public sealed record InputNormalization
{
    /// <summary>Gets mean .5 and standard deviation .5 for every channel, by which the paper maps bytes to [-1, 1]. The default.</summary>
    public static InputNormalization Symmetric { get; } = new();

    /// <summary>Gets the ImageNet statistics that torchvision's pretrained networks expect, for three channels.</summary>
    public static InputNormalization ImageNet { get; } = new() { Mean = [.485f, .456f, .406f], StandardDeviation = [.229f, .224f, .225f] };

    /// <summary>Gets the pixel value that maps to 1. Default 255, for bytes and ExtractPixels; 1 for scaled pixels. Above 0.</summary>
    public float PixelMaximum { get; init; } = 255;

    /// <summary>Gets the mean after division by <see cref="PixelMaximum"/>: one value, or one per channel. Default .5.</summary>
    public IReadOnlyList<float> Mean { get; init; } = [.5f];

    /// <summary>Gets the standard deviation after that division: one value, or one per channel. Above 0. Default .5.</summary>
    public IReadOnlyList<float> StandardDeviation { get; init; } = [.5f];

    internal void Validate()
    {
        Require.Positive(PixelMaximum, 1e9, nameof(PixelMaximum));
        foreach (float mean in Require.NotNull(Mean))
            Require.InRange(mean, -1e6, 1e6, nameof(Mean));
        foreach (float deviation in Require.NotNull(StandardDeviation))
            Require.Positive(deviation, 1e6, nameof(StandardDeviation));
    }

    /// <summary>Gets the same as pixel * scale + shift, by channel.</summary>
    /// <exception cref="ArgumentException">Mean or standard deviation have neither one value nor one for each channel.</exception>
    internal (float[] Scales, float[] Shifts) FactorsFor(int channels)
    {
        float[] means = Expand(Mean, channels, nameof(Mean));
        float[] deviations = Expand(StandardDeviation, channels, nameof(StandardDeviation));
        return ([.. deviations.Select(deviation => 1 / (PixelMaximum * deviation))],
            [.. means.Zip(deviations, (mean, deviation) => -mean / deviation)]);
    }

    /// <summary>Gets the pixel whose input is 0, by channel.</summary>
    internal float[] MeanPixel(int channels) => [.. Expand(Mean, channels, nameof(Mean)).Select(mean => mean * PixelMaximum)];

    private static float[] Expand(IReadOnlyList<float> values, int channels, string option) => values.Count == channels ? [.. values]
        : values.Count == 1 ? [.. Enumerable.Repeat(values[0], channels)]
        : throw new ArgumentException($"{option} has {values.Count} values; it must have one, or {channels}, one for each channel of "
            + "the images.", option);
}
