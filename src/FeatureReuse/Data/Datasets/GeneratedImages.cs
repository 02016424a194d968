namespace FeatureReuse;

/// <summary>
/// Labelled images drawn by code: a coloured figure before stripes. Tasks share all, some or none of their features, as
/// <see cref="GeneratedImagesOptions.Features"/> chooses, so that it is known what an auxiliary task can teach a main task.
/// </summary>
/// <remarks>
/// Everything that does not make the class varies: place, size, tilt, opacity and shade of the figure; phase, contrast, width and tilt of the
/// stripes; the light behind them; small distracting figures; noise. Each image depends on the options and its row only. Safe for concurrent use.
/// </remarks>
public sealed class GeneratedImages
{
    private readonly GeneratedImagesOptions _options;
    private readonly string[] _classNames;

    /// <summary>Describes a data set; nothing is drawn yet.</summary>
    /// <param name="options">Which images.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range; the message names it.</exception>
    public GeneratedImages(GeneratedImagesOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        _classNames = FeatureLevels.ClassNames(options.Features, options.Levels);
    }

    /// <summary>Three planes (red, green, blue) of 32x32 bytes.</summary>
    public static ImageShape Shape { get; } = new(Canvas.Channels, Canvas.Side, Canvas.Side);

    /// <summary>The number of images.</summary>
    public int Count => _options.Count;

    /// <summary>The names of the classes by label, such as "red disc".</summary>
    public IReadOnlyList<string> ClassNames => _classNames;

    /// <summary>The class of an image; every run of as many rows as there are classes, from row 0 on, has each class once.</summary>
    /// <param name="row">0 to <see cref="Count"/> - 1.</param>
    /// <returns>An index into <see cref="ClassNames"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public int LabelOf(long row)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, Count);
        (long run, long place) = Math.DivRem(row, _classNames.Length);
        // Each run starts elsewhere: otherwise every second row would hold every second class only.
        int start = SeededRandom.ForRow(run, _options.Seed).Next(_classNames.Length);
        return (int)((start + place) % _classNames.Length);
    }

    /// <summary>Draws an image.</summary>
    /// <param name="row">0 to <see cref="Count"/> - 1.</param>
    /// <param name="pixels">Receives the planes, [3, 32, 32].</param>
    /// <returns>The label, an index into <see cref="ClassNames"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    /// <exception cref="ArgumentException"><paramref name="pixels"/> has not 3072 bytes.</exception>
    public int Draw(long row, Span<byte> pixels)
    {
        if (pixels.Length != Shape.Size)
        {
            throw new ArgumentException($"{nameof(pixels)} has {pixels.Length} bytes; an image of {Shape} has {Shape.Size}.", nameof(pixels));
        }
        int label = LabelOf(row);
        // Negative rows, which no data set has, seed the pixels apart from the labels.
        var random = SeededRandom.ForRow(~row, _options.Seed);
        FeatureLevels levels = FeatureLevels.Draw(label, _options.Features, _options.Levels, random);
        var canvas = new Canvas(stackalloc float[Canvas.Size]);
        canvas.Cover(new Backdrop(levels.SpatialFrequency, levels.Orientation, random));
        for (int i = 0; i < _options.Distractors; i++)
        {
            Colour colour = Colour.Any(20, 235, random);
            canvas.Blend(new Figure(random.Next(FeatureLevels.Count), colour, 2, 3.5f, random));
        }
        canvas.Blend(new Figure(levels.Shape, Colour.Near(levels.Colour, random), 6, 10, random));
        canvas.Develop((float)_options.Noise, random, pixels);
        return label;
    }
}
