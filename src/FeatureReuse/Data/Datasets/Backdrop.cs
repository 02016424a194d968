namespace FeatureReuse;

/// <summary>What lies behind the figure: stripes (a grating) of some width, direction, phase and contrast over a gradient.</summary>
internal readonly record struct Backdrop
{
    /// <summary>In pixels; neighbours in size differ by a factor of 1.7, the jitter is at most 1.15.</summary>
    private static readonly float[] PeriodOfLevel = [14, 2.85f, 8.2f, 4.85f];

    private static readonly (float X, float Y)[] NormalOfLevel = [(0, 1), (1, 0), (.70710677f, .70710677f), (.70710677f, -.70710677f)];

    private readonly float _waveX, _waveY, _phase, _contrast, _slopeX, _slopeY, _brightness;

    public Backdrop(int frequency, int orientation, SeededRandom random)
    {
        float wavesPerPixel = random.Between(.87f, 1.15f) / PeriodOfLevel[frequency];
        // Turned by up to about 8 degrees.
        float tilt = random.Between(-.15f, .15f);
        float scale = wavesPerPixel / MathF.Sqrt(1 + tilt * tilt);
        (float x, float y) = NormalOfLevel[orientation];
        _waveX = scale * (x - tilt * y);
        _waveY = scale * (y + tilt * x);
        _phase = random.Between(0, 1);
        _contrast = random.Between(10, 45);
        _slopeX = random.Between(-2, 2);
        _slopeY = random.Between(-2, 2);
        _brightness = random.Between(80, 170);
        Cast = Colour.Any(-30, 30, random);
    }

    /// <summary>Added to the brightness.</summary>
    public Colour Cast { get; }

    /// <summary>In grey levels, at an offset in pixels from the image's centre.</summary>
    public float BrightnessAt(float x, float y)
    {
        float position = _waveX * x + _waveY * y + _phase;
        position -= MathF.Floor(position);
        // Two parabolas instead of a sine: from 0 up to 1, down to -1 and back within one period.
        float wave = position < .5f ? 16 * position * (.5f - position) : 16 * (position - .5f) * (position - 1);
        return _brightness + _slopeX * x + _slopeY * y + _contrast * wave;
    }
}
