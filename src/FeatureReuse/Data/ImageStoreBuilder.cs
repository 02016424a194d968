namespace FeatureReuse;

/// <summary>Fills an <see cref="ImageStore"/> row by row, without using more memory than the store.</summary>
internal sealed class ImageStoreBuilder
{
    /// <summary>Blocks are large enough to be few, and small enough that the last one wastes little.</summary>
    private const int BytesPerBlock = 1 << 19;

    private readonly ImageShape _shape;
    private readonly PixelType _pixelType;
    private readonly IReadOnlyList<string> _classNames;
    private readonly int _rowsPerBlock;
    private readonly List<Array> _blocks = [];
    private readonly List<int> _labels = [];

    /// <summary>Creates an empty builder.</summary>
    /// <param name="shape">The shape of every image.</param>
    /// <param name="pixelType">How pixel values are stored.</param>
    /// <param name="classNames">The names of the classes; labels are indices into them.</param>
    public ImageStoreBuilder(ImageShape shape, PixelType pixelType, IReadOnlyList<string> classNames)
    {
        ArgumentNullException.ThrowIfNull(classNames);
        Require.Defined(pixelType, nameof(pixelType));
        _shape = shape;
        _pixelType = pixelType;
        _classNames = classNames;
        _rowsPerBlock = Math.Max(1, BytesPerBlock / (shape.Size * (pixelType == PixelType.Byte ? 1 : sizeof(float))));
    }

    /// <summary>Gets the number of images so far.</summary>
    public int Count => _labels.Count;

    /// <summary>Adds an image of bytes.</summary>
    /// <param name="pixels">Planes, [channels, height, width].</param>
    /// <param name="label">0 to the number of classes - 1.</param>
    /// <exception cref="InvalidDataException">The size or the label does not fit.</exception>
    public void Add(ReadOnlySpan<byte> pixels, int label) => pixels.CopyTo(Place<byte>(pixels.Length, label));

    /// <summary>Adds an image of floats.</summary>
    /// <param name="pixels">Planes, [channels, height, width]; finite.</param>
    /// <param name="label">0 to the number of classes - 1.</param>
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
            _blocks[^1] = _pixelType == PixelType.Byte ? Trimmed((byte[])_blocks[^1], rest) : Trimmed((float[])_blocks[^1], rest);
        var store = new ImageStore(_shape, _pixelType, [.. _blocks], _rowsPerBlock, [.. _labels], _classNames);
        _blocks.Clear();
        _labels.Clear();
        _labels.TrimExcess();
        return store;
    }

    private T[] Trimmed<T>(T[] block, int rows)
    {
        Array.Resize(ref block, rows * _shape.Size);
        return block;
    }

    private Span<T> Place<T>(int length, int label) where T : unmanaged
    {
        if ((typeof(T) == typeof(byte)) != (_pixelType == PixelType.Byte))
            throw new InvalidOperationException($"The store has pixels of type {_pixelType}; an image of {typeof(T).Name} was added.");
        if (length != _shape.Size)
            throw new InvalidDataException($"Image {Count} has {length} values; an image of {_shape} has {_shape.Size}.");
        if ((uint)label >= (uint)_classNames.Count)
            throw new InvalidDataException($"Image {Count} has the label {label}; labels run from 0 to {_classNames.Count - 1}.");
        int row = Count % _rowsPerBlock;
        if (row == 0)
            _blocks.Add(GC.AllocateUninitializedArray<T>(_rowsPerBlock * _shape.Size));
        _labels.Add(label);
        return ((T[])_blocks[^1]).AsSpan(row * _shape.Size, _shape.Size);
    }
}
