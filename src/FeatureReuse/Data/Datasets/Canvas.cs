namespace FeatureReuse;

/// <summary>
/// An image while it is drawn: planes of floats. Only operations that IEEE 754 rounds correctly are used (no sine, no power), so that every
/// machine draws the same bytes.
/// </summary>
internal readonly ref struct Canvas(Span<float> values)
{
    public const int Side = 32;
    public const int Channels = 3;
    public const int Size = Channels * Side * Side;
    private const int PlaneSize = Side * Side;

    private readonly Span<float> _values = values;

    /// <summary>Covers the image with stripes over a linear gradient.</summary>
    public void Cover(in Backdrop backdrop)
    {
        for (int y = 0; y < Side; y++)
        {
            for (int x = 0; x < Side; x++)
            {
                float brightness = backdrop.BrightnessAt(x - (Side - 1) / 2f, y - (Side - 1) / 2f);
                int pixel = y * Side + x;
                _values[pixel] = brightness + backdrop.Cast.Red;
                _values[pixel + PlaneSize] = brightness + backdrop.Cast.Green;
                _values[pixel + 2 * PlaneSize] = brightness + backdrop.Cast.Blue;
            }
        }
    }

    /// <summary>Blends a figure over what is there; its edge is smoothed over one pixel.</summary>
    public void Blend(in Figure figure)
    {
        int reach = (int)figure.Radius + 2;
        int left = Math.Max(0, (int)figure.X - reach);
        int right = Math.Min(Side - 1, (int)figure.X + reach);
        int top = Math.Max(0, (int)figure.Y - reach);
        int bottom = Math.Min(Side - 1, (int)figure.Y + reach);
        for (int y = top; y <= bottom; y++)
        {
            for (int x = left; x <= right; x++)
            {
                float coverage = figure.Opacity * Math.Clamp(.5f - figure.DistanceAt(x, y), 0, 1);
                int pixel = y * Side + x;
                _values[pixel] += coverage * (figure.Colour.Red - _values[pixel]);
                _values[pixel + PlaneSize] += coverage * (figure.Colour.Green - _values[pixel + PlaneSize]);
                _values[pixel + 2 * PlaneSize] += coverage * (figure.Colour.Blue - _values[pixel + 2 * PlaneSize]);
            }
        }
    }

    /// <summary>Adds noise and rounds to bytes.</summary>
    public void Develop(float noise, SeededRandom random, Span<byte> pixels)
    {
        // The sum of four uniform bytes is close to a Gaussian: mean 510, variance 4 (256^2 - 1) / 12.
        const float Mean = 510;
        const float StandardDeviation = 147.8f;
        float scale = noise / StandardDeviation;
        for (int i = 0; i < Size; i += 2)
        {
            ulong bits = random.NextUInt64();
            pixels[i] = Rounded(_values[i] + scale * (SumOfBytes((uint)bits) - Mean));
            pixels[i + 1] = Rounded(_values[i + 1] + scale * (SumOfBytes((uint)(bits >> 32)) - Mean));
        }
    }

    private static float SumOfBytes(uint bits)
    {
        uint pairs = (bits & 0x00FF00FF) + ((bits >> 8) & 0x00FF00FF);
        return (pairs & 0xFFFF) + (pairs >> 16);
    }

    private static byte Rounded(float value) => (byte)(Math.Clamp(value, 0, 255) + .5f);
}
