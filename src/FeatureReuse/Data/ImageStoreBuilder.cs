namespace FeatureReuse;

/// <summary>Fills an <see cref="ImageStore"/> row by row, without using more memory than the store.</summary>
internal sealed class ImageStoreBuilder(ImageShape shape, PixelType pixelType, IReadOnlyList<string> classNames)
{
    /// <summary>Blocks are large enough to be few, and small enough that the last one wastes little.</summary>
    private const int BytesPerBlock = 1 << 19;

    private readonly IReadOnlyList<string> _classNames = Require.NotNull(classNames);
    private readonly int _rowsPerBlock = Math.Max(1, BytesPerBlock / (shape.Size * (pixelType == PixelType.Byte ? 1 : sizeof(float))));
    private readonly List<Array> _blocks = [];
    private readonly List<int> _labels = [];

    /// <summary>Gets the number of images so far.</summary>
    public int Count => _labels.Count;

    /// <summary>Adds the planes of an image, [channels, height, width], and its label, an index into the class names.</summary>
    /// <exception cref="InvalidDataException">The size or the label does not fit.</exception>
    public void Add(ReadOnlySpan<byte> pixels, int label) => pixels.CopyTo(Place<byte>(pixels.Length, label));

    /// <inheritdoc cref="Add(ReadOnlySpan{byte}, int)"/>
    /// <exception cref="InvalidDataException">The size or the label does not fit, or a pixel is not finite.</exception>
    public void Add(ReadOnlySpan<float> pixels, int label)
    {
        for (int i = 0; i < pixels.Length; i++)
        {
            if (!float.IsFinite(pixels[i]))
                throw new InvalidDataException($"Image {Count}: pixel value {i} is {pixels[i]}; pixels must be finite.");
        }
        pixels.CopyTo(Place<float>(pixels.Length, label));
    }

    /// <summary>Returns the store. The builder must not be used afterwards.</summary>
    public ImageStore Build()
    {
        int rest = Count % _rowsPerBlock;
        if (rest != 0)
            _blocks[^1] = _blocks[^1] is byte[] bytes ? bytes[..(rest * shape.Size)] : ((float[])_blocks[^1])[..(rest * shape.Size)];
        return new ImageStore(shape, pixelType, [.. _blocks], _rowsPerBlock, [.. _labels], _classNames);
    }

    private Span<T> Place<T>(int length, int label) where T : unmanaged
    {
        if ((typeof(T) == typeof(byte)) != (pixelType == PixelType.Byte))
            throw new InvalidOperationException($"The store has pixels of type {pixelType}; an image of {typeof(T).Name} was added.");
        if (length != shape.Size)
            throw new InvalidDataException($"Image {Count} has {length} values; an image of {shape} has {shape.Size}.");
        if ((uint)label >= (uint)_classNames.Count)
            throw new InvalidDataException($"Image {Count} has the label {label}; labels run from 0 to {_classNames.Count - 1}.");
        int row = Count % _rowsPerBlock;
        if (row == 0)
            _blocks.Add(GC.AllocateUninitializedArray<T>(_rowsPerBlock * shape.Size));
        _labels.Add(label);
        return ((T[])_blocks[^1]).AsSpan(row * shape.Size, shape.Size);
    }
}
