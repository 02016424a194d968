namespace FeatureReuse;

/// <summary>Holds the inputs and the real-valued labels of one regression task in memory. Immutable.</summary>
public sealed class RegressionSamples
{
    /// <summary>The number of rows that the kernels process at a time.</summary>
    internal const int BlockLength = 4;

    /// <summary>The widest vector, in floats. Padding rows with zeros to whole vectors changes no sum.</summary>
    private const int VectorLength = 16;

    /// <summary>Copies the samples.</summary>
    /// <param name="width">The number of features of a sample; 1 or more.</param>
    /// <param name="inputs">The samples, one after the other, [count, width].</param>
    /// <param name="labels">One label for each sample, [count].</param>
    /// <exception cref="ArgumentOutOfRangeException">The width is below 1.</exception>
    /// <exception cref="ArgumentException">There are no samples, or the numbers of inputs and labels do not match.</exception>
    /// <exception cref="InvalidDataException">A value is not finite; the message names its row.</exception>
    public RegressionSamples(int width, ReadOnlySpan<float> inputs, ReadOnlySpan<float> labels)
    {
        Require.InRange(width, 1, 10_000_000, nameof(width));
        if (labels.Length == 0)
            throw new ArgumentException("There are no samples; at least one is needed.", nameof(labels));
        long needed = (long)width * labels.Length;
        if (inputs.Length != needed)
        {
            throw new ArgumentException($"There are {inputs.Length} input values for {labels.Length} samples of {width} features; "
                + $"{needed} are needed.", nameof(inputs));
        }
        RequireFinite(inputs, width, "feature");
        (Width, Count, Stride) = (width, labels.Length, PaddedLength(width));
        Labels = new float[(Count + BlockLength - 1) / BlockLength * BlockLength];
        Inputs = new AlignedFloats(Labels.Length * Stride);
        for (int row = 0; row < Count; row++)
        {
            if (!float.IsFinite(labels[row]))
                throw new InvalidDataException($"Row {row}: the label is {labels[row]}; it must be finite.");
            inputs.Slice(row * width, width).CopyTo(Inputs.Span[(row * Stride)..]);
        }
        labels.CopyTo(Labels);
    }

    internal delegate float Predictor(ReadOnlySpan<float> input);

    /// <summary>Gets the number of features of a sample.</summary>
    public int Width { get; }

    /// <summary>Gets the number of samples.</summary>
    public int Count { get; }

    /// <summary>Gets the distance between rows of <see cref="Inputs"/>.</summary>
    internal int Stride { get; }
    /// <summary>Gets the inputs, padded with zeros to whole vectors and whole blocks of rows.</summary>
    internal AlignedFloats Inputs { get; }
    /// <summary>Gets the labels, padded with zeros to whole blocks of rows.</summary>
    internal float[] Labels { get; }
    internal int BlockCount => Labels.Length / BlockLength;

    /// <summary>Gets the features of a sample.</summary>
    /// <param name="row">0 to <see cref="Count"/> - 1.</param>
    public ReadOnlySpan<float> GetInput(int row) => Inputs.Span.Slice(row * Stride, Width);

    /// <summary>Gets the label of a sample.</summary>
    /// <param name="row">0 to <see cref="Count"/> - 1.</param>
    public float GetLabel(int row) => Labels[row];

    internal static int PaddedLength(int length) => (length + VectorLength - 1) / VectorLength * VectorLength;

    internal static void RequireFinite(ReadOnlySpan<float> inputs, int width, string what)
    {
        if (inputs.IndexOfNonFinite() is var i and >= 0)
            throw new InvalidDataException($"Row {i / width}: {what} {i % width} is {inputs[i]}; it must be finite.");
    }

    /// <summary>Creates a tensor of the inputs, [count, width], in float64; the caller disposes it.</summary>
    internal Tensor ToTensor()
    {
        using DisposeScope scope = NewDisposeScope();
        return tensor(Inputs.Span.ToArray(), [Labels.Length, Stride]).narrow(0, 0, Count).narrow(1, 0, Width).to(float64)
            .MoveToOuterDisposeScope();
    }
}
