namespace FeatureReuse;

/// <summary>Fills an <see cref="ImageStore"/> row by row, without using more memory than the store.</summary>
internal sealed class ImageStoreBuilder
{
    /// <summary>Blocks are large enough to be few, and small enough that the last one wastes little.</summary>
    private const int BytesPerBlock = 1 << 19;

    private readonly ImageShape _shape;
    private readonly PixelType _pixelType;
    private readonly string[] _classNames;
    private readonly int _rowsPerBlock;
    private readonly List<Array> _blocks = [];
    private readonly List<int> _labels = [];

    /// <exception cref="ArgumentException">A dimension is out of its range, or two classes have the same name.</exception>
    public ImageStoreBuilder(ImageShape shape, PixelType pixelType, IReadOnlyList<string> classNames)
    {
        shape.Validate();
        (_shape, _pixelType, _classNames) = (shape, pixelType, [.. Require.NotNull(classNames)]);
        string? twice = _classNames.CountBy(name => name).FirstOrDefault(named => named.Value > 1).Key;
        if (twice is not null)
            throw new ArgumentException($"Two classes are named '{twice}'; classes have different names.", nameof(classNames));
        _rowsPerBlock = Math.Max(1, BytesPerBlock / (shape.Size * pixelType.Size));
    }

    /// <summary>Gets the number of images so far.</summary>
    public int Count => _labels.Count;

    /// <summary>Adds the planes of an image, [channels, height, width], and its label, an index into the class names.</summary>
    /// <exception cref="InvalidDataException">The size or the label does not fit.</exception>
    public void Add(ReadOnlySpan<byte> pixels, int label) => pixels.CopyTo(Place<byte>(pixels.Length, label));

    /// <inheritdoc cref="Add(ReadOnlySpan{byte}, int)"/>
    /// <exception cref="InvalidDataException">The size or the label does not fit, or a pixel is not finite.</exception>
    public void Add(ReadOnlySpan<float> pixels, int label)
    {
        if (pixels.IndexOfNonFinite() is var i and >= 0)
            throw new InvalidDataException($"Image {Count}: pixel value {i} is {pixels[i]}; pixels must be finite.");
        pixels.CopyTo(Place<float>(pixels.Length, label));
    }

    /// <summary>Returns the store. The builder must not be used afterwards.</summary>
    public ImageStore Build()
    {
        int rest = Count % _rowsPerBlock;
        if (rest != 0)
            _blocks[^1] = _blocks[^1] is byte[] bytes ? bytes[..(rest * _shape.Size)] : ((float[])_blocks[^1])[..(rest * _shape.Size)];
        return new ImageStore(_shape, _pixelType, [.. _blocks], _rowsPerBlock, [.. _labels], _classNames);
    }

    private Span<T> Place<T>(int length, int label) where T : unmanaged
    {
        if ((typeof(T) == typeof(byte)) != (_pixelType == PixelType.Byte))
            throw new InvalidOperationException($"The store has pixels of type {_pixelType}; an image of {typeof(T).Name} was added.");
        if (length != _shape.Size)
            throw new InvalidDataException($"Image {Count} has {length} values; an image of {_shape} has {_shape.Size}.");
        if ((uint)label >= (uint)_classNames.Length)
            throw new InvalidDataException($"Image {Count} has the label {label}; labels run from 0 to {_classNames.Length - 1}.");
        int row = Count % _rowsPerBlock;
        if (row == 0)
            _blocks.Add(GC.AllocateUninitializedArray<T>(_rowsPerBlock * _shape.Size));
        _labels.Add(label);
        return ((T[])_blocks[^1]).AsSpan(row * _shape.Size, _shape.Size);
    }
}
