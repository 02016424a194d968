using System.Buffers;
using System.Numerics.Tensors;

namespace FeatureReuse;

/// <summary>A two-layer ReLU network without biases: f_t(x) = sum_h v_th relu(w_h . x). All tasks share the first layer.</summary>
public sealed class TwoLayerReluNetwork : ShallowNetwork
{
    /// <summary>The most weights of the first layer, with its padding: 4 GB.</summary>
    private const int MaximumWeights = 1_000_000_000;

    /// <summary>Creates a network with normal weights of standard deviation scale x sqrt(2 / fan-in).</summary>
    /// <param name="width">The number of inputs d; 1 or more.</param>
    /// <param name="hiddenUnits">The number of hidden units. Default 1000; 1 to 1,000,000. Times d at most 1,000,000,000.</param>
    /// <param name="tasks">The number of readouts. Default 1; 1 to 1000.</param>
    /// <param name="scale">The scale of the weights. Default .001, as in the paper; above 0, at most 1000.</param>
    /// <param name="seed">The seed of the weights. Default 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public TwoLayerReluNetwork(int width, int hiddenUnits = 1000, int tasks = 1, double scale = 1e-3, int seed = 0)
        : this(hiddenUnits, width, tasks)
    {
        Require.Positive(scale, 1000, nameof(scale));
        var random = new SeededRandom(seed, RandomStream.ShallowWeights);
        var first = new float[hiddenUnits * width];
        random.FillNormal(first, scale * Math.Sqrt(2.0 / width));
        SetFirst(first);
        DrawReadouts(scale, random);
    }

    /// <summary>Creates a network with given weights, [hidden unit, input] and [task][hidden unit].</summary>
    internal TwoLayerReluNetwork(int width, ReadOnlySpan<float> first, float[][] readouts)
        : this(first.Length / width, width, readouts.Length)
    {
        SetFirst(first);
        foreach ((AlignedFloats place, float[] readout) in Readouts.Zip(readouts))
            readout.CopyTo(place.Span);
    }

    /// <summary>Creates a network whose weights are all 0.</summary>
    private TwoLayerReluNetwork(int hiddenUnits, int width, int tasks)
        : base(width)
    {
        Require.InRange(width, 1, 10_000_000, nameof(width));
        Require.InRange(hiddenUnits, 1, 1_000_000, nameof(hiddenUnits));
        Require.InRange(tasks, 1, 1000, nameof(tasks));
        HiddenUnits = hiddenUnits;
        // Pairs of vectors, but not whole pages, because such rows would evict each other from the cache.
        int stride = (hiddenUnits + 31) / 32 * 32;
        Stride = stride % 1024 == 0 ? stride + 32 : stride;
        Require.InRange((double)width * Stride, 1, MaximumWeights, "width x hiddenUnits");
        First = new AlignedFloats(width * Stride);
        Readouts = [.. Enumerable.Range(0, tasks).Select(_ => new AlignedFloats(Stride))];
    }

    /// <summary>Gets the number of hidden units.</summary>
    public int HiddenUnits { get; }

    /// <inheritdoc/>
    public override int TaskCount => Readouts.Length;

    internal override IEnumerable<Memory<float>> Weights => Readouts.Prepend(First).Select(layer => layer.Memory);
    /// <summary>Gets the number of hidden units with padding to whole vectors. The weights of the padding stay 0.</summary>
    internal int Stride { get; }
    /// <summary>Gets w, [input, hidden unit].</summary>
    internal AlignedFloats First { get; }
    /// <summary>Gets v of each task, [hidden unit].</summary>
    internal AlignedFloats[] Readouts { get; }

    /// <summary>Gets the weights w_h of a hidden unit, [<see cref="ShallowNetwork.Width"/>].</summary>
    /// <param name="unit">0 to <see cref="HiddenUnits"/> - 1.</param>
    public float[] GetUnit(int unit) => [.. Enumerable.Range(0, Width).Select(i => First[i * Stride + unit])];

    /// <summary>Gets the readout v of a task, [<see cref="HiddenUnits"/>].</summary>
    /// <param name="task">0 to <see cref="TaskCount"/> - 1.</param>
    public ReadOnlySpan<float> GetReadout(int task = 0) => Readouts[task].Span[..HiddenUnits];

    /// <summary>Computes F1 = sum |w_h| |v_h| of a task.</summary>
    /// <param name="task">0 to <see cref="TaskCount"/> - 1.</param>
    public double ComputePathNorm(int task = 0) => Enumerable.Range(0, HiddenUnits)
        .Sum(unit => Math.Sqrt(GetUnit(unit).Sum(weight => (double)weight * weight)) * Math.Abs(Readouts[task][unit]));

    /// <summary>Creates the network to finetune: a copy with the first layer rescaled and one newly drawn readout.</summary>
    /// <param name="rescaling">The factor alpha on the first layer. Default 1; above 0, at most 1e6.</param>
    /// <param name="readoutScale">The scale of the new readout, as at initialisation. Default .001; 0 to 1000.</param>
    /// <param name="seed">The seed of the readout. Default 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public TwoLayerReluNetwork ForFinetuning(double rescaling = 1, double readoutScale = 1e-3, int seed = 0)
    {
        Require.Positive(rescaling, 1e6, nameof(rescaling));
        Require.InRange(readoutScale, 0, 1000, nameof(readoutScale));
        var network = new TwoLayerReluNetwork(HiddenUnits, Width, tasks: 1);
        TensorPrimitives.Multiply(First.Span, (float)rescaling, network.First.Span);
        network.DrawReadouts(readoutScale, new SeededRandom(seed, RandomStream.ShallowReadout));
        return network;
    }

    /// <summary>Trains the network in place on the mean squared error over the rows of all tasks together.</summary>
    /// <param name="tasks">The samples of each task, in the order of the readouts.</param>
    /// <param name="options">Learning rate, batches and limits.</param>
    /// <exception cref="ArgumentException">The samples do not fit the network, or an option is out of its range.</exception>
    public GradientDescentResult Train(IReadOnlyList<RegressionSamples> tasks, GradientDescentOptions? options = null)
        => GradientDescent.Run(this, tasks, options, valid => new ReluDescent(this, tasks, valid));

    internal override RegressionSamples.Predictor CreatePredictor(int task = 0) => input =>
    {
        float[] rented = ArrayPool<float>.Shared.Rent(Stride);
        Span<float> hidden = rented.AsSpan(0, Stride);
        hidden.Clear();
        for (int i = 0; i < Width; i++)
            TensorPrimitives.MultiplyAdd(First.Span.Slice(i * Stride, Stride), input[i], hidden, hidden);
        TensorPrimitives.Max(hidden, 0, hidden);
        float prediction = TensorPrimitives.Dot<float>(hidden, Readouts[task].Span);
        ArrayPool<float>.Shared.Return(rented);
        return prediction;
    };

    private void SetFirst(ReadOnlySpan<float> weights)
    {
        for (int at = 0; at < weights.Length; at++)
            First[at % Width * Stride + at / Width] = weights[at];
    }

    private void DrawReadouts(double scale, SeededRandom random)
    {
        foreach (AlignedFloats readout in Readouts)
            random.FillNormal(readout.Span[..HiddenUnits], scale * Math.Sqrt(2.0 / HiddenUnits));
    }
}
