namespace FeatureReuse;

/// <summary>A filled outline somewhere in the image.</summary>
internal readonly record struct Figure
{
    private readonly int _shape;
    private readonly float _cosine, _sine;

    public Figure(int shape, Colour colour, float smallestRadius, float largestRadius, SeededRandom random)
    {
        _shape = shape;
        Colour = colour;
        Radius = random.Between(smallestRadius, largestRadius);
        // Inside the image, except for corners.
        float margin = .8f * Radius;
        X = random.Between(margin, Canvas.Side - 1 - margin);
        Y = random.Between(margin, Canvas.Side - 1 - margin);
        Opacity = random.Between(.55f, 1);
        // Turned by up to about 17 degrees.
        float tilt = random.Between(-.3f, .3f);
        _cosine = 1 / MathF.Sqrt(1 + tilt * tilt);
        _sine = tilt * _cosine;
    }

    public float X { get; }
    public float Y { get; }

    /// <summary>Half the largest extent, in pixels.</summary>
    public float Radius { get; }
    public float Opacity { get; }
    public Colour Colour { get; }

    /// <summary>Returns the distance of a pixel's centre from the outline, in pixels; negative inside.</summary>
    public float DistanceAt(int pixelX, int pixelY)
    {
        float offsetX = pixelX - X;
        float offsetY = pixelY - Y;
        float x = MathF.Abs(_cosine * offsetX + _sine * offsetY);
        float y = _cosine * offsetY - _sine * offsetX;
        return _shape switch
        {
            // The disc is smaller, so that the area alone does not tell the outlines apart.
            0 => MathF.Sqrt(x * x + y * y) - .8f * Radius,
            1 => MathF.Max(MathF.Max(x, MathF.Abs(y)) - .95f * Radius, MathF.Min(x, MathF.Abs(y)) - .3f * Radius),
            2 => MathF.Max(.8660254f * x - .5f * y, y) - .55f * Radius,
            _ => MathF.Abs(MathF.Sqrt(x * x + y * y) - .75f * Radius) - .25f * Radius,
        };
    }
}
