using System.IO.Hashing;

namespace FeatureReuse;

/// <summary>Holds labelled images in memory, as bytes or floats, for training. Immutable and safe for concurrent use.</summary>
public sealed class ImageStore
{
    private readonly Array[] _blocks;
    private readonly int _rowsPerBlock;
    private readonly int[] _labels;
    private readonly int[]? _places;

    internal ImageStore(ImageShape shape, PixelType pixelType, Array[] blocks, int rowsPerBlock, int[] labels,
        IReadOnlyList<string> classNames, int[]? places = null)
        => (Shape, PixelType, ClassNames, _blocks, _rowsPerBlock, _labels, _places)
            = (shape, pixelType, classNames, blocks, rowsPerBlock, labels, places);

    /// <summary>Creates a store of images whose pixels are bytes.</summary>
    /// <param name="shape">The shape of every image.</param>
    /// <param name="classNames">The names of the classes.</param>
    /// <param name="images">The planes of each image, [channels, height, width], and its label, an index into the class names.</param>
    /// <exception cref="ArgumentException">A dimension is out of its range, or two classes have the same name.</exception>
    /// <exception cref="InvalidDataException">A size or a label does not fit.</exception>
    public static ImageStore Create(ImageShape shape, IReadOnlyList<string> classNames, IEnumerable<(byte[] Pixels, int Label)> images)
    {
        var builder = new ImageStoreBuilder(shape, PixelType.Byte, classNames);
        foreach ((byte[] pixels, int label) in Require.NotNull(images))
            builder.Add(pixels, label);
        return builder.Build();
    }

    /// <summary>Creates a store of images whose pixels are floats.</summary>
    /// <inheritdoc cref="Create(ImageShape, IReadOnlyList{string}, IEnumerable{ValueTuple{byte[], int}})"/>
    /// <exception cref="ArgumentException">A dimension is out of its range, or two classes have the same name.</exception>
    /// <exception cref="InvalidDataException">A size or a label does not fit, or a pixel is not finite.</exception>
    public static ImageStore Create(ImageShape shape, IReadOnlyList<string> classNames, IEnumerable<(float[] Pixels, int Label)> images)
    {
        var builder = new ImageStoreBuilder(shape, PixelType.Float32, classNames);
        foreach ((float[] pixels, int label) in Require.NotNull(images))
            builder.Add(pixels, label);
        return builder.Build();
    }

    /// <summary>Gets the shape of every image.</summary>
    public ImageShape Shape { get; }

    /// <summary>Gets how pixel values are stored.</summary>
    public PixelType PixelType { get; }

    /// <summary>Gets the number of images.</summary>
    public int Count => _labels.Length;

    /// <summary>Gets the names of the classes; a label is an index into them.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>Gets the label of each image: 0 to the number of classes - 1.</summary>
    public ReadOnlySpan<int> Labels => _labels;

    /// <summary>Returns the number of images of each class.</summary>
    public int[] CountByClass()
    {
        var counts = new int[ClassNames.Count];
        foreach (int label in _labels)
            counts[label]++;
        return counts;
    }

    /// <summary>Returns a batch on the processor: images [rows, channels, height, width] as stored, and 64-bit labels [rows].</summary>
    internal (Tensor Images, Tensor Labels) Gather(ReadOnlySpan<int> rows)
    {
        Tensor images = empty([rows.Length, Shape.Channels, Shape.Height, Shape.Width], dtype: PixelType.ScalarType);
        Tensor labels = empty([rows.Length], dtype: ScalarType.Int64);
        Span<byte> target = images.bytes;
        Span<long> targetLabels = MemoryMarshal.Cast<byte, long>(labels.bytes);
        for (int i = 0; i < rows.Length; i++)
        {
            ReadOnlySpan<byte> pixels = Row(rows[i]);
            pixels.CopyTo(target[(i * pixels.Length)..]);
            targetLabels[i] = _labels[rows[i]];
        }
        return (images, labels);
    }

    /// <summary>Adds pixels, labels and class names to a checksum.</summary>
    internal void AddTo(Crc32 checksum)
    {
        for (int row = 0; row < Count; row++)
            checksum.Append(Row(row));
        checksum.Append(MemoryMarshal.AsBytes<int>(_labels));
        foreach (string name in ClassNames)
            checksum.Append(System.Text.Encoding.UTF8.GetBytes(name));
    }

    /// <summary>Returns the same images with more classes, which have no images.</summary>
    internal ImageStore WithClasses(IReadOnlyList<string> classNames)
        => new(Shape, PixelType, _blocks, _rowsPerBlock, _labels, classNames, _places);

    /// <summary>Returns some of the images in a given order, sharing the pixels.</summary>
    internal ImageStore Subset(int[] rows)
        => new(Shape, PixelType, _blocks, _rowsPerBlock, [.. rows.Select(row => _labels[row])], ClassNames,
            _places is null ? rows : [.. rows.Select(row => _places[row])]);

    /// <summary>Returns the planes of an image as bytes; floats are divided by the pixel maximum first.</summary>
    internal byte[] PixelsOf(int row, float maximum)
    {
        byte[] bytes = Row(row).ToArray();
        return PixelType == PixelType.Byte ? bytes
            : [.. MemoryMarshal.Cast<byte, float>(bytes).ToArray().Select(v => (byte)Math.Clamp(MathF.Round(v / maximum * 255), 0, 255))];
    }

    private ReadOnlySpan<byte> Row(int index)
    {
        int row = _places is null ? index : _places[index];
        int start = row % _rowsPerBlock * Shape.Size;
        return _blocks[row / _rowsPerBlock] switch
        {
            byte[] bytes => bytes.AsSpan(start, Shape.Size),
            float[] floats => MemoryMarshal.AsBytes(floats.AsSpan(start, Shape.Size)),
            _ => throw new InvalidOperationException("A block holds neither bytes nor floats."),
        };
    }
}
