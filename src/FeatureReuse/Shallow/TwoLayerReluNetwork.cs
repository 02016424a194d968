using System.Numerics.Tensors;

namespace FeatureReuse;

/// <summary>A two-layer ReLU network without biases: f_t(x) = sum_h v_th relu(w_h . x). The first layer is shared by the tasks, each task has a readout.</summary>
public sealed class TwoLayerReluNetwork
{
    /// <summary>A network with normal weights of standard deviation scale x sqrt(2 / fan-in).</summary>
    /// <param name="width">Inputs d; 1 or more.</param>
    /// <param name="hiddenUnits">Default 1000; 1 to 1,000,000.</param>
    /// <param name="tasks">Readouts. Default 1; 1 to 1000.</param>
    /// <param name="scale">Default .001, the paper's (Lippl and Lindsey, arXiv 2310.02396); above 0, at most 1000.</param>
    /// <param name="seed">Of the weights. Default 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public TwoLayerReluNetwork(int width, int hiddenUnits = 1000, int tasks = 1, double scale = 1e-3, int seed = 0)
    {
        Require.InRange(width, 1, 10_000_000, nameof(width));
        Require.InRange(hiddenUnits, 1, 1_000_000, nameof(hiddenUnits));
        Require.InRange(tasks, 1, 1000, nameof(tasks));
        Require.Positive(scale, 1000, nameof(scale));
        (Width, HiddenUnits) = (width, hiddenUnits);
        Stride = StrideOf(hiddenUnits);
        First = new AlignedFloats(width * Stride);
        var random = new SeededRandom(seed, RandomStream.Weights);
        double deviation = scale * Math.Sqrt(2.0 / width);
        for (int unit = 0; unit < hiddenUnits; unit++)
        {
            for (int i = 0; i < width; i++)
                First[i * Stride + unit] = (float)(deviation * random.Normal());
        }
        Readouts = [.. Enumerable.Range(0, tasks).Select(_ => NormalReadout(scale, random))];
    }

    private TwoLayerReluNetwork(TwoLayerReluNetwork pretrained, float rescaling, double readoutScale, int seed)
    {
        (Width, HiddenUnits, Stride) = (pretrained.Width, pretrained.HiddenUnits, pretrained.Stride);
        First = pretrained.First.Copy();
        TensorPrimitives.Multiply(First.Span, rescaling, First.Span);
        Readouts = [NormalReadout(readoutScale, new SeededRandom(seed, RandomStream.Readout))];
    }

    private TwoLayerReluNetwork(int width, int hiddenUnits, int tasks)
    {
        (Width, HiddenUnits, Stride) = (width, hiddenUnits, StrideOf(hiddenUnits));
        First = new AlignedFloats(width * Stride);
        Readouts = [.. Enumerable.Range(0, tasks).Select(_ => new AlignedFloats(Stride))];
    }

    /// <summary>Inputs d.</summary>
    public int Width { get; }

    /// <summary>The number of hidden units.</summary>
    public int HiddenUnits { get; }

    /// <summary>The number of readouts.</summary>
    public int TaskCount => Readouts.Length;

    /// <summary>Hidden units, filled up to whole vectors by units without weights, which keep none.</summary>
    internal int Stride { get; }

    /// <summary>w, [input, hidden unit].</summary>
    internal AlignedFloats First { get; }

    /// <summary>v of each task, [hidden unit].</summary>
    internal AlignedFloats[] Readouts { get; }

    /// <summary>The norm |w_h| of each hidden unit, [<see cref="HiddenUnits"/>].</summary>
    public double[] ComputeUnitNorms() => [.. Enumerable.Range(0, HiddenUnits).Select(unit => Math.Sqrt(Enumerable.Range(0, Width).Sum(i => Square(First[i * Stride + unit]))))];

    /// <summary>The direction w_h of a hidden unit, not normalised, [<see cref="Width"/>].</summary>
    /// <param name="unit">0 to <see cref="HiddenUnits"/> - 1.</param>
    public float[] GetUnit(int unit) => [.. Enumerable.Range(0, Width).Select(i => First[i * Stride + unit])];

    /// <summary>The readout of a task, [<see cref="HiddenUnits"/>].</summary>
    /// <param name="task">0 to <see cref="TaskCount"/> - 1.</param>
    public ReadOnlySpan<float> GetReadout(int task = 0) => Readouts[task].Span[..HiddenUnits];

    /// <summary>F1 = sum |w_h| |v_h| of a task.</summary>
    /// <param name="task">0 to <see cref="TaskCount"/> - 1.</param>
    public double ComputePathNorm(int task = 0) => ComputeUnitNorms().Select((norm, unit) => norm * Math.Abs(Readouts[task][unit])).Sum();

    /// <summary>GS = sum |w_h| ||v_h||_2, over the readouts of all tasks.</summary>
    public double ComputeGroupNorm() => ComputeUnitNorms().Select((norm, unit) => norm * Math.Sqrt(Readouts.Sum(readout => Square(readout[unit])))).Sum();

    /// <summary>A network of given weights.</summary>
    /// <param name="width">Inputs d.</param>
    /// <param name="hiddenUnits">Hidden units.</param>
    /// <param name="first">[hidden unit, input].</param>
    /// <param name="readouts">[task][hidden unit].</param>
    internal static TwoLayerReluNetwork From(int width, int hiddenUnits, ReadOnlySpan<float> first, IReadOnlyList<float[]> readouts)
    {
        var network = new TwoLayerReluNetwork(width, hiddenUnits, readouts.Count);
        for (int unit = 0; unit < hiddenUnits; unit++)
        {
            for (int i = 0; i < width; i++)
                network.First[i * network.Stride + unit] = first[unit * width + i];
        }
        foreach ((AlignedFloats place, float[] readout) in network.Readouts.Zip(readouts))
            readout.CopyTo(place.Span);
        return network;
    }

    /// <summary>The network that finetuning starts from: the first layer rescaled, one newly drawn readout.</summary>
    /// <param name="rescaling">alpha, times the first layer. Default 1; above 0, at most 1e6.</param>
    /// <param name="readoutScale">The new readout's scale, as at initialisation. Default .001; 0 to 1000.</param>
    /// <param name="seed">Of the readout. Default 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public TwoLayerReluNetwork ForFinetuning(double rescaling = 1, double readoutScale = 1e-3, int seed = 0)
    {
        Require.Positive(rescaling, 1e6, nameof(rescaling));
        Require.InRange(readoutScale, 0, 1000, nameof(readoutScale));
        return new TwoLayerReluNetwork(this, (float)rescaling, readoutScale, seed);
    }

    /// <summary>Trains the network in place on the mean squared error over the rows of all tasks together.</summary>
    /// <param name="tasks">The samples of each task, in the order of the readouts.</param>
    /// <param name="options">Learning rate, batches and limits.</param>
    /// <exception cref="ArgumentException">The samples do not fit the network, or an option is out of its range.</exception>
    public GradientDescentResult Train(IReadOnlyList<RegressionSamples> tasks, GradientDescentOptions? options = null)
    {
        options ??= new();
        options.Validate();
        TaskSamples.RequireFit(tasks, Width, TaskCount);
        if (options.Validation is { } validation)
            TaskSamples.RequireFit([validation], Width, 1);
        using var descent = new ReluDescent(this, tasks, options);
        return GradientDescent.Run(descent, options);
    }

    /// <summary>The prediction for one input.</summary>
    /// <param name="input">[<see cref="Width"/>].</param>
    /// <param name="task">0 to <see cref="TaskCount"/> - 1.</param>
    public float Predict(ReadOnlySpan<float> input, int task = 0) => Predict(input, task, new float[Stride]);

    /// <summary>The mean squared error on samples of one task.</summary>
    /// <param name="samples">With as many features as the network takes.</param>
    /// <param name="task">0 to <see cref="TaskCount"/> - 1.</param>
    /// <exception cref="ArgumentException">The samples have another number of features.</exception>
    public double ComputeLoss(RegressionSamples samples, int task = 0)
    {
        Require.NotNull(samples);
        TaskSamples.RequireFit([samples], Width, 1);
        var hidden = new float[Stride];
        return TaskSamples.Loss(samples, input => Predict(input, task, hidden));
    }

    /// <param name="input">[<see cref="Width"/>].</param>
    /// <param name="task">0 to <see cref="TaskCount"/> - 1.</param>
    /// <param name="hidden">To work in, [<see cref="Stride"/>].</param>
    internal float Predict(ReadOnlySpan<float> input, int task, Span<float> hidden)
    {
        Hidden(input, hidden);
        return TensorPrimitives.Dot<float>(hidden, Readouts[task].Span);
    }

    /// <summary>relu(w_h . x) of each hidden unit.</summary>
    /// <param name="input">[<see cref="Width"/>].</param>
    /// <param name="hidden">Receives them, [<see cref="Stride"/>].</param>
    internal void Hidden(ReadOnlySpan<float> input, Span<float> hidden)
    {
        hidden.Clear();
        for (int i = 0; i < Width; i++)
            TensorPrimitives.MultiplyAdd(First.Span.Slice(i * Stride, Stride), input[i], hidden, hidden);
        TensorPrimitives.Max(hidden, 0, hidden);
    }

    /// <summary>Whole pairs of vectors, and no multiple of a page, at which rows would drive each other out of the cache.</summary>
    private static int StrideOf(int hiddenUnits)
    {
        int length = (hiddenUnits + 31) / 32 * 32;
        return length % 1024 == 0 ? length + 32 : length;
    }

    private AlignedFloats NormalReadout(double scale, SeededRandom random)
    {
        var readout = new AlignedFloats(Stride);
        double deviation = scale * Math.Sqrt(2.0 / HiddenUnits);
        for (int unit = 0; unit < HiddenUnits; unit++)
            readout[unit] = (float)(deviation * random.Normal());
        return readout;
    }

    private static double Square(double value) => value * value;
}
