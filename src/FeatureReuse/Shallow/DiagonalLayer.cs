namespace FeatureReuse;

/// <summary>The weights of both paths, filled up with zeros to whole vectors; zeros stay zeros.</summary>
internal sealed record DiagonalLayer(float[] Plus, float[] Minus)
{
    public static DiagonalLayer Constant(int width, float value)
    {
        var layer = new DiagonalLayer(new float[RegressionSamples.PaddedLength(width)], new float[RegressionSamples.PaddedLength(width)]);
        layer.Plus.AsSpan(0, width).Fill(value);
        layer.Minus.AsSpan(0, width).Fill(value);
        return layer;
    }

    public DiagonalLayer Copy() => new([.. Plus], [.. Minus]);

    public void CopyFrom(DiagonalLayer other)
    {
        other.Plus.CopyTo(Plus, 0);
        other.Minus.CopyTo(Minus, 0);
    }
}
