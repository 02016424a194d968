namespace FeatureReuse;

/// <summary>
/// Describes a call of a convolution: everything that decides which code libtorch runs, except the numbers of images and of threads. The
/// image is one image's shape, [channels, ...].
/// </summary>
internal sealed record ConvolutionCall(long[] Image, long[] Weight, long[] Stride, long[] Padding, long[] OutputPadding, long[] Dilation,
    long Groups, bool IsTransposed, ScalarType Type, bool Trains)
{
    private const int ComparedRows = 8;

    /// <summary>Gets a text for messages, which is the same for the same calls.</summary>
    public string Description
    {
        get
        {
            static string Sizes(IEnumerable<long> sizes) => string.Join('x', sizes);
            (long from, long to) = IsTransposed ? (Weight[0], Weight[1] * Groups) : (Weight[1] * Groups, Weight[0]);
            return $"{(IsTransposed ? "transposed " : "")}convolution of {from} to {to} channels, kernel {Sizes(Weight[2..])}, "
                + $"stride {Sizes(Stride)}, padding {Sizes(Padding)}, dilation {Sizes(Dilation)}, groups {Groups}, "
                + $"on {Sizes(Image[1..])} in {Type}{(Trains ? " with gradients" : "")}";
        }
    }

    /// <summary>Gets an estimate of the multiplications for one image.</summary>
    public double Multiplications => (double)Product(Image.AsSpan(1)) * Product(Weight) / (IsTransposed ? 1 : Product(Stride));

    /// <summary>
    /// Gets the first rows of the output, and the rows of the input that they depend on, which are enough to compare for high images; null
    /// compares all.
    /// </summary>
    public (long Output, long Input)? FirstRows
    {
        get
        {
            long input = ComparedRows * Stride[0] + Dilation[0] * (Weight[2] - 1) + 1;
            bool isPlain = Stride.Length == 2 && !IsTransposed && Padding[0] <= Dilation[0] * (Weight[2] - 1);
            return isPlain && Image[1] > 2 * input ? (ComparedRows, input) : null;
        }
    }

    /// <summary>Describes the call of a layer for batches of a shape, [n, channels, ...].</summary>
    public static ConvolutionCall From(Convolution layer, ReadOnlySpan<long> input, bool trains)
    {
        long[] size = input[1..].ToArray();
        long[] padding = new long[size.Length - 1];
        for (int i = 0; i < padding.Length; i++)
        {
            long both = layer.padding_type == TorchSharp.Padding.Same ? layer.dilation[i] * (layer.kernel_size[i] - 1)
                : 2 * (layer.padding?[i] ?? 0);
            // What is not zeros, or not the same on both sides, is padded before the convolution.
            long before = layer.padding_mode == PaddingModes.Zeros ? both % 2 : both;
            (size[i + 1], padding[i]) = (size[i + 1] + before, (both - before) / 2);
        }
        return new(size, layer.weight.shape, layer.stride, padding, layer.output_padding, layer.dilation, layer.groups, layer.transposed,
            layer.weight.dtype, trains);
    }

    /// <summary>Convolves images [n, channels, ...] as the layer does, without its bias.</summary>
    public Tensor Apply(Tensor images, Tensor weight) => (Stride.Length, IsTransposed) switch
    {
        (1, false) => nn.functional.conv1d(images, weight, null, Stride[0], Padding[0], Dilation[0], Groups),
        (1, true) => nn.functional.conv_transpose1d(images, weight, null, Stride[0], Padding[0], OutputPadding[0], Dilation[0], Groups),
        (2, false) => nn.functional.conv2d(images, weight, null, Stride, Padding, Dilation, Groups),
        (2, true) => nn.functional.conv_transpose2d(images, weight, null, Stride, Padding, OutputPadding, Dilation, Groups),
        (_, false) => nn.functional.conv3d(images, weight, null, Stride, Padding, Dilation, Groups),
        (_, true) => nn.functional.conv_transpose3d(images, weight, null, Stride, Padding, OutputPadding, Dilation, Groups),
    };

    public static long Product(ReadOnlySpan<long> sizes) => System.Numerics.Tensors.TensorPrimitives.Product(sizes);
}
