namespace FeatureReuse;

/// <summary>
/// Draws labelled images: a coloured figure before stripes. Two tasks share all, some or none of their features, as
/// <see cref="GeneratedImagesOptions.Features"/> chooses, so that it is known what an auxiliary task can teach a main task.
/// </summary>
/// <remarks>What does not make the class varies. Each image depends only on the options and its row. Safe for concurrent use.</remarks>
internal sealed class GeneratedImages(GeneratedImagesOptions options) : ILabelledImages, IImageRows
{
    private readonly GeneratedImagesOptions _options = options.Validated();

    public ImageShape Shape { get; } = new(Canvas.Channels, Canvas.Side, Canvas.Side);
    public long Count => _options.Count;
    public IReadOnlyList<string> ClassNames { get; } = FeatureLevels.ClassNames(options.Features, options.Levels);
    public IReadOnlyList<(string Name, IReadOnlyList<string> Classes)> Labels => [("Label", ClassNames)];
    public IImageRows Open() => this;

    /// <summary>Returns the class of an image. From row 0 on, each run of as many rows as there are classes has each class once.</summary>
    public int ReadLabel(long row, int label = 0)
    {
        (long run, long place) = Math.DivRem(row, ClassNames.Count);
        // Each run starts elsewhere: otherwise every second row would hold every second class only.
        int start = SeededRandom.ForRow(run, _options.Seed).Next(ClassNames.Count);
        return (int)((start + place) % ClassNames.Count);
    }

    public void ReadImage(long row, Span<byte> pixels)
    {
        // Negative rows, which no data set has, seed the pixels apart from the labels.
        var random = SeededRandom.ForRow(~row, _options.Seed);
        FeatureLevels levels = FeatureLevels.Draw(ReadLabel(row), _options.Features, _options.Levels, random);
        var canvas = new Canvas(stackalloc float[Canvas.Size]);
        canvas.Cover(new Backdrop(levels.SpatialFrequency, levels.Orientation, random));
        for (int i = 0; i < _options.Distractors; i++)
        {
            Colour colour = Colour.Any(20, 235, random);
            canvas.Blend(new Figure(random.Next(FeatureLevels.Count), colour, 2, 3.5f, random));
        }
        canvas.Blend(new Figure(levels.Shape, Colour.Near(levels.Colour, random), 6, 10, random));
        canvas.Develop((float)_options.Noise, random, pixels);
    }

    public void Dispose()
    {
    }
}
