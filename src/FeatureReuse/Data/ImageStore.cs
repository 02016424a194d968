using System.Runtime.InteropServices;

namespace FeatureReuse;

/// <summary>
/// Labelled images in memory, as bytes or floats, in blocks of whole images: what training reads in any order. Immutable
/// and safe for concurrent use. Made by an <see cref="ImageStoreBuilder"/>.
/// </summary>
public sealed class ImageStore
{
    private readonly Array[] _blocks;
    private readonly int _rowsPerBlock;
    private readonly int[] _labels;
    private readonly int[]? _places;

    internal ImageStore(ImageShape shape, PixelType pixelType, Array[] blocks, int rowsPerBlock, int[] labels, IReadOnlyList<string> classNames, int[]? places = null)
    {
        Shape = shape;
        PixelType = pixelType;
        ClassNames = classNames;
        _blocks = blocks;
        _rowsPerBlock = rowsPerBlock;
        _labels = labels;
        _places = places;
    }

    /// <summary>The shape of every image.</summary>
    public ImageShape Shape { get; }

    /// <summary>How a pixel value is held.</summary>
    public PixelType PixelType { get; }

    /// <summary>The number of images.</summary>
    public int Count => _labels.Length;

    /// <summary>The names of the classes; a label is an index into them.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>The label of each image: 0 to the number of classes - 1.</summary>
    public ReadOnlySpan<int> Labels => _labels;

    /// <summary>The number of images of each class.</summary>
    public int[] CountByClass()
    {
        var counts = new int[ClassNames.Count];
        foreach (int label in _labels)
            counts[label]++;
        return counts;
    }

    /// <summary>A batch on the processor: images [rows, channels, height, width] as they are held, and labels [rows] (64-bit).</summary>
    internal (Tensor Images, Tensor Labels) Gather(ReadOnlySpan<int> rows)
    {
        Tensor images = empty([rows.Length, Shape.Channels, Shape.Height, Shape.Width],
            dtype: PixelType == PixelType.Byte ? ScalarType.Byte : ScalarType.Float32);
        Tensor labels = empty([rows.Length], dtype: ScalarType.Int64);
        Span<byte> target = images.bytes;
        Span<long> targetLabels = MemoryMarshal.Cast<byte, long>(labels.bytes);
        int bytesPerRow = Shape.Size * (PixelType == PixelType.Byte ? 1 : sizeof(float));
        for (int i = 0; i < rows.Length; i++)
        {
            Row(rows[i]).CopyTo(target.Slice(i * bytesPerRow, bytesPerRow));
            targetLabels[i] = _labels[rows[i]];
        }
        return (images, labels);
    }

    /// <summary>Adds pixels, labels and class names to a checksum.</summary>
    internal void AddTo(ref Checksum sum)
    {
        for (int row = 0; row < Count; row++)
            sum.Add(Row(row));
        sum.Add(MemoryMarshal.AsBytes<int>(_labels));
        foreach (string name in ClassNames)
            sum.Add(System.Text.Encoding.UTF8.GetBytes(name));
    }

    /// <summary>The same images under further classes, of which there is none yet.</summary>
    internal ImageStore WithClasses(IReadOnlyList<string> classNames) => new(Shape, PixelType, _blocks, _rowsPerBlock, _labels, classNames, _places);

    /// <summary>Some of the images, in a given order; shares the pixels.</summary>
    internal ImageStore Subset(int[] rows)
        => new(Shape, PixelType, _blocks, _rowsPerBlock, [.. rows.Select(row => _labels[row])], ClassNames, _places is null ? rows : [.. rows.Select(row => _places[row])]);

    /// <summary>An image's planes as bytes; floats are divided by what counts as 1 first.</summary>
    internal byte[] PixelsOf(int row, float maximum)
    {
        ReadOnlySpan<byte> bytes = Row(row);
        if (PixelType == PixelType.Byte)
            return bytes.ToArray();
        ReadOnlySpan<float> values = MemoryMarshal.Cast<byte, float>(bytes);
        var pixels = new byte[values.Length];
        for (int i = 0; i < pixels.Length; i++)
            pixels[i] = (byte)Math.Clamp(MathF.Round(values[i] / maximum * 255), 0, 255);
        return pixels;
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
