using System.Numerics.Tensors;
using Tensor = TorchSharp.torch.Tensor;

namespace FeatureReuse;

/// <summary>Inputs and real-valued labels of one task, in memory. Immutable.</summary>
public sealed class RegressionSamples
{
    /// <summary>Rows are filled up with zeros to whole vectors and whole blocks of rows, which change no sum; 16 floats are the widest vector there is.</summary>
    private const int VectorLength = 16;

    /// <summary>Copies the samples.</summary>
    /// <param name="width">Features a sample; 1 or more.</param>
    /// <param name="inputs">One sample after the other, [count, width].</param>
    /// <param name="labels">One label a sample, [count].</param>
    /// <exception cref="ArgumentOutOfRangeException">The width is below 1.</exception>
    /// <exception cref="ArgumentException">There is no sample, or the numbers of inputs and labels do not fit.</exception>
    /// <exception cref="InvalidDataException">A value is not finite; the message names its row.</exception>
    public RegressionSamples(int width, ReadOnlySpan<float> inputs, ReadOnlySpan<float> labels)
    {
        Require.InRange(width, 1, 10_000_000, nameof(width));
        if (labels.Length == 0)
            throw new ArgumentException("There are no samples; at least one is needed.", nameof(labels));
        if (inputs.Length != (long)width * labels.Length)
        {
            throw new ArgumentException($"There are {inputs.Length} input values for {labels.Length} samples of {width} features; {(long)width * labels.Length} are needed.", nameof(inputs));
        }
        Width = width;
        Count = labels.Length;
        Stride = RoundUp(width, VectorLength);
        Inputs = new AlignedFloats(RoundUp(Count, BlockLength) * Stride);
        Labels = new float[RoundUp(Count, BlockLength)];
        for (int row = 0; row < Count; row++)
        {
            ReadOnlySpan<float> input = inputs.Slice(row * width, width);
            for (int i = 0; i < width; i++)
                RequireFinite(input[i], row, $"feature {i}");
            RequireFinite(labels[row], row, "the label");
            input.CopyTo(Inputs.Span.Slice(row * Stride, width));
        }
        labels.CopyTo(Labels);
    }

    private RegressionSamples(RegressionSamples all, int count)
    {
        (Width, Count, Stride) = (all.Width, count, all.Stride);
        Inputs = new AlignedFloats(RoundUp(count, BlockLength) * Stride);
        Labels = new float[RoundUp(count, BlockLength)];
        all.Inputs.Span[..(count * Stride)].CopyTo(Inputs.Span);
        all.Labels.AsSpan(0, count).CopyTo(Labels);
    }

    /// <summary>Features a sample.</summary>
    public int Width { get; }

    /// <summary>The number of samples.</summary>
    public int Count { get; }

    /// <summary>The features of a sample.</summary>
    /// <param name="row">0 to <see cref="Count"/> - 1.</param>
    public ReadOnlySpan<float> GetInput(int row) => Inputs.Span.Slice(row * Stride, Width);

    /// <summary>The label of a sample.</summary>
    /// <param name="row">0 to <see cref="Count"/> - 1.</param>
    public float GetLabel(int row) => Labels[row];

    /// <summary>The first samples.</summary>
    /// <param name="count">1 to <see cref="Count"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is out of its range.</exception>
    public RegressionSamples Take(int count)
    {
        Require.InRange(count, 1, Count, nameof(count));
        return new RegressionSamples(this, count);
    }

    /// <summary>Rows that the kernels take at a time.</summary>
    internal const int BlockLength = 4;

    internal int Stride { get; }

    internal AlignedFloats Inputs { get; }

    internal float[] Labels { get; }

    internal int BlockCount => Labels.Length / BlockLength;

    /// <summary>The inputs, [count, width], in float64; the caller disposes of it.</summary>
    internal Tensor ToTensor()
    {
        using Tensor padded = tensor(Inputs.Span.ToArray(), [Inputs.Length / Stride, Stride]);
        using Tensor rows = padded.narrow(0, 0, Count);
        using Tensor inputs = rows.narrow(1, 0, Width);
        return inputs.to(float64);
    }

    /// <summary>What linear coefficients leave of the labels, [count].</summary>
    internal double[] Residuals(float[] coefficients)
        => [.. Enumerable.Range(0, Count).Select(row => GetLabel(row) - (double)TensorPrimitives.Dot(GetInput(row), coefficients))];

    internal static int PaddedLength(int length) => RoundUp(length, VectorLength);

    private static int RoundUp(int value, int multiple) => (value + multiple - 1) / multiple * multiple;

    private static void RequireFinite(float value, int row, string what)
    {
        if (!float.IsFinite(value))
            throw new InvalidDataException($"Row {row}: {what} is {value}; it must be finite.");
    }
}
