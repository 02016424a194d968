namespace FeatureReuse;

/// <summary>Options of generated images. Equal options give equal images on every machine.</summary>
public sealed record GeneratedImagesOptions
{
    /// <summary>Gets the number of images. Default 10,000; 1 to 10,000,000.</summary>
    public int Count { get; init; } = 10_000;

    /// <summary>
    /// Gets the seed. Default 0. Data sets that must not share images, such as for training and testing, need different ones.
    /// </summary>
    public int Seed { get; init; }

    /// <summary>Gets the features whose combinations are the classes, at least one; the others vary at random. Default all.</summary>
    public VisualFeatures Features { get; init; } = VisualFeatures.All;

    /// <summary>Gets the levels of each of <see cref="Features"/>: a task of k features has Levels^k classes. Default 4; 2 to 4.</summary>
    public int Levels { get; init; } = 4;

    /// <summary>
    /// Gets the number of small figures of other colours and outlines that do not depend on the class. Default 3; 0 to 16.
    /// </summary>
    public int Distractors { get; init; } = 3;

    /// <summary>Gets the standard deviation of the noise on each value of a pixel, in grey levels of 256. Default 20; 0 to 100.</summary>
    public double Noise { get; init; } = 20;

    internal GeneratedImagesOptions Validated()
    {
        Require.InRange(Count, 1, 10_000_000, nameof(Count));
        if (Features == VisualFeatures.None || (Features & ~VisualFeatures.All) != 0)
        {
            throw new ArgumentOutOfRangeException(nameof(Features), Features,
                $"{nameof(Features)} is {Features}; it must combine one or more of Orientation, SpatialFrequency, Colour, Shape.");
        }
        Require.InRange(Levels, 2, FeatureLevels.Count, nameof(Levels));
        Require.InRange(Distractors, 0, 16, nameof(Distractors));
        Require.InRange(Noise, 0, 100, nameof(Noise));
        return this;
    }
}
