namespace FeatureReuse;

/// <summary>Holds the weights of both paths, padded with zeros to whole vectors. Training leaves the padding at zero.</summary>
internal sealed record DiagonalLayer(float[] Plus, float[] Minus)
{
    public static DiagonalLayer Create(int width, float value)
    {
        var weights = new float[RegressionSamples.PaddedLength(width)];
        weights.AsSpan(0, width).Fill(value);
        return new DiagonalLayer(weights, [.. weights]);
    }

    public DiagonalLayer Copy() => new([.. Plus], [.. Minus]);
}
