namespace FeatureReuse;

/// <summary>A colour, or a difference of colours, in grey levels of 256.</summary>
internal readonly record struct Colour(float Red, float Green, float Blue)
{
    private static readonly Colour[] OfLevel = [new(215, 45, 45), new(50, 75, 220), new(40, 175, 65), new(225, 205, 45)];

    /// <summary>Draws a colour near that of a feature level: each channel differs by up to 30.</summary>
    public static Colour Near(int level, SeededRandom random)
    {
        Colour difference = Any(-30, 30, random);
        (float red, float green, float blue) = OfLevel[level];
        return new(red + difference.Red, green + difference.Green, blue + difference.Blue);
    }

    public static Colour Any(float minimum, float maximum, SeededRandom random)
        => new(random.Between(minimum, maximum), random.Between(minimum, maximum), random.Between(minimum, maximum));
}
