namespace FeatureReuse;

/// <summary>
/// Describes a call of a convolution: everything that decides which code libtorch runs, except the numbers of images and of threads.
/// </summary>
internal sealed class ConvolutionCall
{
    private const int ComparedRows = 8;

    private readonly long[] _stride;
    private readonly long[] _dilation;
    private readonly long[] _padding;
    private readonly long[] _outputPadding;
    private readonly long _groups;
    private readonly bool _isTransposed;
    private readonly bool _padsToSame;

    /// <param name="layer">The layer, which is not kept.</param>
    /// <param name="input">The shape of a batch that reaches it, [n, channels, ...].</param>
    /// <param name="trains">Whether gradients are computed too.</param>
    public ConvolutionCall(Convolution layer, ReadOnlySpan<long> input, bool trains)
    {
        (Weight, Type, Trains) = (layer.weight.shape, layer.weight.dtype, trains);
        (_stride, _dilation, _outputPadding) = (layer.stride, layer.dilation, layer.output_padding);
        (_groups, _isTransposed, _padsToSame) = (layer.groups, layer.transposed, layer.padding_type == Padding.Same);
        _padding = layer.padding ?? new long[layer.kernel_size.Length];
        Image = input[1..].ToArray();
        if (layer.padding_mode != PaddingModes.Zeros)
        {
            // Such a layer pads the images itself and then convolves without padding.
            Image = [Image[0], .. Image[1..].Zip(_padding, (size, padding) => size + 2 * padding)];
            _padding = new long[_padding.Length];
        }
        static string Sizes(IEnumerable<long> sizes) => string.Join('x', sizes);
        (long from, long to) = _isTransposed ? (Weight[0], Weight[1] * _groups) : (Weight[1] * _groups, Weight[0]);
        Description = $"{(_isTransposed ? "transposed " : "")}convolution of {from} to {to} channels, kernel {Sizes(Weight[2..])}, "
            + $"stride {Sizes(_stride)}, padding {(_padsToSame ? "same" : Sizes(_padding))}, dilation {Sizes(_dilation)}, "
            + $"groups {_groups}, on {Sizes(Image[1..])} in {Type}{(Trains ? " with gradients" : "")}";
    }

    /// <summary>Describes a convolution of 3 x 3 over 8 x 8, with gradients.</summary>
    public ConvolutionCall(long from, long to, long groups)
    {
        (Weight, Image) = ([to, from / groups, 3, 3], [from, 8, 8]);
        (_stride, _dilation, _padding, _outputPadding) = ([1, 1], [1, 1], [1, 1], [0, 0]);
        (_groups, Trains, Type) = (groups, true, ScalarType.Float32);
        Description = $"convolution of {from} to {to} channels in {groups} groups";
    }

    /// <summary>Gets the shape of one image, [channels, ...].</summary>
    public long[] Image { get; }

    public long[] Weight { get; }

    public ScalarType Type { get; }

    public bool Trains { get; }

    /// <summary>Gets a text for messages, which is the same for the same calls.</summary>
    public string Description { get; }

    /// <summary>Gets an estimate of the multiplications for one image.</summary>
    public double Multiplications => (double)Product(Image[1..]) * Product(Weight) / (_isTransposed ? 1 : Product(_stride));

    /// <summary>Gets the number of values of one image.</summary>
    public long Values => Product(Image);

    /// <summary>
    /// Gets the first rows of the output, and the rows of the input that they depend on, which are enough to compare for high images; null
    /// compares all.
    /// </summary>
    public (long Output, long Input)? FirstRows
    {
        get
        {
            long input = ComparedRows * _stride[0] + _dilation[0] * (Weight[2] - 1) + 1;
            bool isPlain = _stride.Length == 2 && !_isTransposed && !_padsToSame && _padding[0] <= _dilation[0] * (Weight[2] - 1);
            return isPlain && Image[1] > 2 * input ? (ComparedRows, input) : null;
        }
    }

    /// <summary>Convolves images [n, channels, ...] as the layer does, without its bias.</summary>
    public Tensor Apply(Tensor images, Tensor weight) => (_stride.Length, _isTransposed, _padsToSame) switch
    {
        (1, false, false) => nn.functional.conv1d(images, weight, null, _stride[0], _padding[0], _dilation[0], _groups),
        (1, false, true) => nn.functional.conv1d_padding(images, weight, null, _stride[0], Padding.Same, _dilation[0], _groups),
        (1, true, _)
            => nn.functional.conv_transpose1d(images, weight, null, _stride[0], _padding[0], _outputPadding[0], _dilation[0], _groups),
        (2, false, false) => nn.functional.conv2d(images, weight, null, _stride, _padding, _dilation, _groups),
        (2, false, true) => nn.functional.conv2d_padding(images, weight, null, _stride, Padding.Same, _dilation, _groups),
        (2, true, _) => nn.functional.conv_transpose2d(images, weight, null, _stride, _padding, _outputPadding, _dilation, _groups),
        (_, false, false) => nn.functional.conv3d(images, weight, null, _stride, _padding, _dilation, _groups),
        (_, false, true) => nn.functional.conv3d_padding(images, weight, null, _stride, Padding.Same, _dilation, _groups),
        (_, true, _) => nn.functional.conv_transpose3d(images, weight, null, _stride, _padding, _outputPadding, _dilation, _groups),
    };

    private static long Product(long[] sizes) => sizes.Aggregate(1L, (product, size) => product * size);
}
