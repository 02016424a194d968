namespace FeatureReuse;

/// <summary>One level of each visual feature, 0 to <see cref="Count"/> - 1.</summary>
internal readonly record struct FeatureLevels(int SpatialFrequency, int Orientation, int Colour, int Shape)
{
    public const int Count = 4;

    /// <summary>The features in the order in which they form a class name; the first two levels of each differ most.</summary>
    private static readonly (VisualFeatures Feature, string[] Names)[] Features =
    [
        (VisualFeatures.SpatialFrequency, ["broad", "fine", "medium", "narrow"]),
        (VisualFeatures.Orientation, ["horizontal", "vertical", "rising", "falling"]),
        (VisualFeatures.Colour, ["red", "blue", "green", "yellow"]),
        (VisualFeatures.Shape, ["disc", "cross", "triangle", "ring"]),
    ];

    /// <summary>Names the classes, such as "red disc"; the last feature of a name changes first.</summary>
    public static string[] ClassNames(VisualFeatures chosen, int levels)
    {
        IEnumerable<string> names = [""];
        foreach ((_, string[] levelNames) in Features.Where(one => chosen.HasFlag(one.Feature)))
            names = names.SelectMany(name => levelNames.Take(levels).Select(level => $"{name} {level}"));
        return [.. names.Select(name => name.TrimStart())];
    }

    /// <summary>Gives an image of a class the levels of its chosen features, and draws those of the others.</summary>
    public static FeatureLevels Draw(int label, VisualFeatures chosen, int levels, SeededRandom random)
    {
        Span<int> drawn = stackalloc int[Features.Length];
        for (int i = drawn.Length - 1; i >= 0; i--)
        {
            int chance = random.Next(Count);
            bool isChosen = (chosen & Features[i].Feature) != 0;
            drawn[i] = isChosen ? label % levels : chance;
            label = isChosen ? label / levels : label;
        }
        return new FeatureLevels(drawn[0], drawn[1], drawn[2], drawn[3]);
    }
}
