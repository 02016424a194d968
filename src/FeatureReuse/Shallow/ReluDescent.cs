using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FeatureReuse;

/// <summary>
/// Gradient steps of a two-layer ReLU network, one pass over the samples each. With r the residual of a sample, all that a step needs is
/// G_ih = sum r x_i [w_h . x > 0]: the gradient of w_ih is v_h G_ih and that of v_h is sum_i w_ih G_ih. A step allocates nothing.
/// </summary>
internal sealed class ReluDescent : IDescent, IDisposable
{
    /// <summary>Below this many products a thread a step is over sooner than another thread has begun.</summary>
    private const long ProductsPerThread = 64 * 1024;

    /// <summary>Rows in hand at once: their inputs and outputs fit into the first cache, their activations into the second.</summary>
    private const int PanelRows = 64;

    private const int PanelBlocks = PanelRows / ReluBatch.BlockLength;

    private readonly TwoLayerReluNetwork _network;
    private readonly GradientDescentOptions _options;
    private readonly IReadOnlyList<RegressionSamples> _tasks;
    private readonly AlignedFloats _initialFirst;
    private readonly AlignedFloats[] _initialReadouts;
    private readonly AlignedFloats[][] _sums;
    private readonly AlignedFloats[] _slopes;
    private readonly double[] _losses;
    private readonly Panel[] _panels;
    private readonly WorkerTeam _team;
    private ReluBatch _batch;

    public ReluDescent(TwoLayerReluNetwork network, IReadOnlyList<RegressionSamples> tasks, GradientDescentOptions options)
    {
        _network = network;
        _options = options;
        _tasks = tasks;
        _batch = new ReluBatch(tasks, options.BatchSize, options.Seed ?? 0);
        _initialFirst = network.First.Copy();
        _initialReadouts = [.. network.Readouts.Select(readout => readout.Copy())];
        long products = (long)_batch.Labels.Length * network.First.Length;
        int size = options.Threads ?? (int)Math.Clamp(products / ProductsPerThread, 1, Environment.ProcessorCount);
        _sums = [.. Enumerable.Range(0, size).Select(_ => tasks.Select(_ => new AlignedFloats(network.First.Length)).ToArray())];
        _panels = [.. Enumerable.Range(0, size).Select(_ => new Panel(network.Stride))];
        _slopes = [.. tasks.Select(_ => new AlignedFloats(network.Stride))];
        // A member's loss stands apart from the others', on a cache line of its own.
        _losses = new double[size * 8];
        _team = new WorkerTeam(size, Accumulate);
    }

    public long StepsPerEpoch => _batch.StepsPerEpoch;

    public void Dispose() => _team.Dispose();

    public double LossOn(RegressionSamples samples) => _network.ComputeLoss(samples);

    public void Restart()
    {
        _initialFirst.Span.CopyTo(_network.First.Span);
        for (int task = 0; task < _tasks.Count; task++)
            _initialReadouts[task].Span.CopyTo(_network.Readouts[task].Span);
        _batch = new ReluBatch(_tasks, _options.BatchSize, _options.Seed ?? 0);
    }

    public double Epoch(float learningRate)
    {
        double total = 0;
        long rows = 0;
        for (int step = 0; step < _batch.StepsPerEpoch; step++)
        {
            _batch.Next();
            _team.Step();
            for (int member = 0; member < _team.Size; member++)
                total += _losses[member * 8];
            rows += _batch.RowCount;
            Update(learningRate * 2 / _batch.RowCount);
        }
        return total / rows;
    }

    /// <summary>A member's blocks of rows: residuals, their squares' sum, and G.</summary>
    private void Accumulate(int member)
    {
        foreach (AlignedFloats sum in _sums[member])
            sum.Span.Clear();
        (int from, int to) = _team.ShareOf(_batch.BlockCount, member);
        double loss = 0;
        while (from < to)
        {
            int task = _batch.TaskOfBlock[from];
            int end = from + 1;
            while (end < to && end - from < PanelBlocks && _batch.TaskOfBlock[end] == task)
                end++;
            Panel panel = _panels[member];
            Forward(panel, from, end, _network.Readouts[task]);
            loss += Residuals(panel, from, end);
            Backward(panel, from, end, _sums[member][task]);
            from = end;
        }
        _losses[member * 8] = loss;
    }

    /// <summary>
    /// Activations before the ReLU, and outputs. Two vectors of hidden units after the other meet all rows of the panel, eight at a time: sixteen sums in
    /// registers, for which each weight is read once and each input broadcast once.
    /// </summary>
    private void Forward(Panel panel, int from, int to, AlignedFloats readout)
    {
        int width = _network.Width;
        nuint stride = (nuint)_network.Stride;
        ref float inputs = ref _batch.Inputs[from * ReluBatch.BlockLength * width];
        ref float weights = ref _network.First.Reference;
        ref Vector512<float> kept = ref panel.FirstActivation;
        panel.Outputs.AsSpan().Clear();
        for (nuint h = 0; h < stride; h += 32)
        {
            Vector512<float> v = Vector512.LoadUnsafe(ref readout.Reference, h);
            Vector512<float> u = Vector512.LoadUnsafe(ref readout.Reference, h + 16);
            ref Vector512<float> output = ref panel.Outputs[0];
            ref float x = ref inputs;
            for (int block = from; block < to; block++)
            {
                ref float end = ref Unsafe.Add(ref x, 8 * width);
                Vector512<float> a0 = default, a1 = default, a2 = default, a3 = default, a4 = default, a5 = default, a6 = default, a7 = default;
                Vector512<float> b0 = default, b1 = default, b2 = default, b3 = default, b4 = default, b5 = default, b6 = default, b7 = default;
                ref float w = ref Unsafe.Add(ref weights, h);
                while (Unsafe.IsAddressLessThan(ref x, ref end))
                {
                    Vector512<float> weight = Vector512.LoadUnsafe(ref w);
                    Vector512<float> other = Vector512.LoadUnsafe(ref w, 16);
                    w = ref Unsafe.Add(ref w, stride);
                    Vector512<float> value = Vector512.Create(x);
                    a0 = Vector512.FusedMultiplyAdd(weight, value, a0);
                    b0 = Vector512.FusedMultiplyAdd(other, value, b0);
                    value = Vector512.Create(Unsafe.Add(ref x, 1));
                    a1 = Vector512.FusedMultiplyAdd(weight, value, a1);
                    b1 = Vector512.FusedMultiplyAdd(other, value, b1);
                    value = Vector512.Create(Unsafe.Add(ref x, 2));
                    a2 = Vector512.FusedMultiplyAdd(weight, value, a2);
                    b2 = Vector512.FusedMultiplyAdd(other, value, b2);
                    value = Vector512.Create(Unsafe.Add(ref x, 3));
                    a3 = Vector512.FusedMultiplyAdd(weight, value, a3);
                    b3 = Vector512.FusedMultiplyAdd(other, value, b3);
                    value = Vector512.Create(Unsafe.Add(ref x, 4));
                    a4 = Vector512.FusedMultiplyAdd(weight, value, a4);
                    b4 = Vector512.FusedMultiplyAdd(other, value, b4);
                    value = Vector512.Create(Unsafe.Add(ref x, 5));
                    a5 = Vector512.FusedMultiplyAdd(weight, value, a5);
                    b5 = Vector512.FusedMultiplyAdd(other, value, b5);
                    value = Vector512.Create(Unsafe.Add(ref x, 6));
                    a6 = Vector512.FusedMultiplyAdd(weight, value, a6);
                    b6 = Vector512.FusedMultiplyAdd(other, value, b6);
                    value = Vector512.Create(Unsafe.Add(ref x, 7));
                    a7 = Vector512.FusedMultiplyAdd(weight, value, a7);
                    b7 = Vector512.FusedMultiplyAdd(other, value, b7);
                    x = ref Unsafe.Add(ref x, 8);
                }
                Keep(ref Unsafe.Add(ref kept, 0), ref Unsafe.Add(ref output, 0), a0, b0, v, u);
                Keep(ref Unsafe.Add(ref kept, 2), ref Unsafe.Add(ref output, 1), a1, b1, v, u);
                Keep(ref Unsafe.Add(ref kept, 4), ref Unsafe.Add(ref output, 2), a2, b2, v, u);
                Keep(ref Unsafe.Add(ref kept, 6), ref Unsafe.Add(ref output, 3), a3, b3, v, u);
                Keep(ref Unsafe.Add(ref kept, 8), ref Unsafe.Add(ref output, 4), a4, b4, v, u);
                Keep(ref Unsafe.Add(ref kept, 10), ref Unsafe.Add(ref output, 5), a5, b5, v, u);
                Keep(ref Unsafe.Add(ref kept, 12), ref Unsafe.Add(ref output, 6), a6, b6, v, u);
                Keep(ref Unsafe.Add(ref kept, 14), ref Unsafe.Add(ref output, 7), a7, b7, v, u);
                kept = ref Unsafe.Add(ref kept, 16);
                output = ref Unsafe.Add(ref output, 8);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Keep(ref Vector512<float> kept, ref Vector512<float> output, Vector512<float> first, Vector512<float> second, Vector512<float> v, Vector512<float> u)
    {
        kept = first;
        Unsafe.Add(ref kept, 1) = second;
        output = Vector512.FusedMultiplyAdd(u, Vector512.MaxNative(second, default), Vector512.FusedMultiplyAdd(v, Vector512.MaxNative(first, default), output));
    }

    private double Residuals(Panel panel, int from, int to)
    {
        double loss = 0;
        int rows = (to - from) * ReluBatch.BlockLength;
        for (int row = 0; row < rows; row++)
        {
            float residual = Vector512.Sum(panel.Outputs[row]) - _batch.Labels[from * ReluBatch.BlockLength + row];
            panel.Residuals[row] = residual;
            loss += (double)residual * residual;
        }
        return loss;
    }

    /// <summary>Adds to G, in the order of <see cref="Forward"/>.</summary>
    private void Backward(Panel panel, int from, int to, AlignedFloats sums)
    {
        int width = _network.Width;
        nuint stride = (nuint)_network.Stride;
        ref float inputs = ref _batch.Inputs[from * ReluBatch.BlockLength * width];
        ref float sum = ref sums.Reference;
        ref Vector512<float> kept = ref panel.FirstActivation;
        for (nuint h = 0; h < stride; h += 32)
        {
            ref float x = ref inputs;
            ref float residual = ref panel.Residuals[0];
            for (int block = from; block < to; block++)
            {
                ref float end = ref Unsafe.Add(ref x, 8 * width);
                (Vector512<float> a0, Vector512<float> b0) = WhereOn(ref Unsafe.Add(ref kept, 0), Unsafe.Add(ref residual, 0));
                (Vector512<float> a1, Vector512<float> b1) = WhereOn(ref Unsafe.Add(ref kept, 2), Unsafe.Add(ref residual, 1));
                (Vector512<float> a2, Vector512<float> b2) = WhereOn(ref Unsafe.Add(ref kept, 4), Unsafe.Add(ref residual, 2));
                (Vector512<float> a3, Vector512<float> b3) = WhereOn(ref Unsafe.Add(ref kept, 6), Unsafe.Add(ref residual, 3));
                (Vector512<float> a4, Vector512<float> b4) = WhereOn(ref Unsafe.Add(ref kept, 8), Unsafe.Add(ref residual, 4));
                (Vector512<float> a5, Vector512<float> b5) = WhereOn(ref Unsafe.Add(ref kept, 10), Unsafe.Add(ref residual, 5));
                (Vector512<float> a6, Vector512<float> b6) = WhereOn(ref Unsafe.Add(ref kept, 12), Unsafe.Add(ref residual, 6));
                (Vector512<float> a7, Vector512<float> b7) = WhereOn(ref Unsafe.Add(ref kept, 14), Unsafe.Add(ref residual, 7));
                ref float place = ref Unsafe.Add(ref sum, h);
                while (Unsafe.IsAddressLessThan(ref x, ref end))
                {
                    Vector512<float> g = Vector512.LoadUnsafe(ref place);
                    Vector512<float> f = Vector512.LoadUnsafe(ref place, 16);
                    Vector512<float> value = Vector512.Create(x);
                    g = Vector512.FusedMultiplyAdd(a0, value, g);
                    f = Vector512.FusedMultiplyAdd(b0, value, f);
                    value = Vector512.Create(Unsafe.Add(ref x, 1));
                    g = Vector512.FusedMultiplyAdd(a1, value, g);
                    f = Vector512.FusedMultiplyAdd(b1, value, f);
                    value = Vector512.Create(Unsafe.Add(ref x, 2));
                    g = Vector512.FusedMultiplyAdd(a2, value, g);
                    f = Vector512.FusedMultiplyAdd(b2, value, f);
                    value = Vector512.Create(Unsafe.Add(ref x, 3));
                    g = Vector512.FusedMultiplyAdd(a3, value, g);
                    f = Vector512.FusedMultiplyAdd(b3, value, f);
                    value = Vector512.Create(Unsafe.Add(ref x, 4));
                    g = Vector512.FusedMultiplyAdd(a4, value, g);
                    f = Vector512.FusedMultiplyAdd(b4, value, f);
                    value = Vector512.Create(Unsafe.Add(ref x, 5));
                    g = Vector512.FusedMultiplyAdd(a5, value, g);
                    f = Vector512.FusedMultiplyAdd(b5, value, f);
                    value = Vector512.Create(Unsafe.Add(ref x, 6));
                    g = Vector512.FusedMultiplyAdd(a6, value, g);
                    f = Vector512.FusedMultiplyAdd(b6, value, f);
                    value = Vector512.Create(Unsafe.Add(ref x, 7));
                    g = Vector512.FusedMultiplyAdd(a7, value, g);
                    f = Vector512.FusedMultiplyAdd(b7, value, f);
                    g.StoreUnsafe(ref place);
                    f.StoreUnsafe(ref place, 16);
                    place = ref Unsafe.Add(ref place, stride);
                    x = ref Unsafe.Add(ref x, 8);
                }
                kept = ref Unsafe.Add(ref kept, 16);
                residual = ref Unsafe.Add(ref residual, 8);
            }
        }
    }

    private void Update(float rate)
    {
        nuint stride = (nuint)_network.Stride;
        ref float weights = ref _network.First.Reference;
        Vector512<float> scale = Vector512.Create(rate);
        for (int task = 0; task < _tasks.Count; task++)
        {
            AlignedFloats sums = _sums[0][task];
            for (int member = 1; member < _team.Size; member++)
                TensorPrimitives.Add(sums.Span, _sums[member][task].Span, sums.Span);
            // The readout's step uses the first layer as it was, and the other way round: both move below.
            ref float slopes = ref _slopes[task].Reference;
            ref float sum = ref sums.Reference;
            for (nuint h = 0; h < stride; h += 16)
            {
                Vector512<float> slope = default;
                nuint end = h + (nuint)_network.First.Length;
                for (nuint at = h; at < end; at += stride)
                    slope = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref weights, at), Vector512.LoadUnsafe(ref sum, at), slope);
                slope.StoreUnsafe(ref slopes, h);
            }
        }
        for (int task = 0; task < _tasks.Count; task++)
        {
            ref float readouts = ref _network.Readouts[task].Reference;
            ref float slopes = ref _slopes[task].Reference;
            ref float sum = ref _sums[0][task].Reference;
            for (nuint h = 0; h < stride; h += 16)
            {
                Vector512<float> readout = Vector512.LoadUnsafe(ref readouts, h);
                Vector512<float> step = -scale * readout;
                nuint end = h + (nuint)_network.First.Length;
                for (nuint at = h; at < end; at += stride)
                {
                    Vector512.FusedMultiplyAdd(step, Vector512.LoadUnsafe(ref sum, at), Vector512.LoadUnsafe(ref weights, at)).StoreUnsafe(ref weights, at);
                }
                (readout - scale * Vector512.LoadUnsafe(ref slopes, h)).StoreUnsafe(ref readouts, h);
            }
        }
    }

    /// <summary>The residual where the units of two vectors are on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<float> First, Vector512<float> Second) WhereOn(ref Vector512<float> kept, float residual)
    {
        Vector512<float> value = Vector512.Create(residual);
        return (Vector512.GreaterThan(kept, Vector512<float>.Zero) & value, Vector512.GreaterThan(Unsafe.Add(ref kept, 1), Vector512<float>.Zero) & value);
    }

    /// <summary>What a member keeps of the rows that it has in hand.</summary>
    private sealed class Panel(int stride)
    {
        private readonly AlignedFloats _activations = new(stride * PanelRows);

        public ref Vector512<float> FirstActivation => ref Unsafe.As<float, Vector512<float>>(ref _activations.Reference);

        public Vector512<float>[] Outputs { get; } = new Vector512<float>[PanelRows];

        public float[] Residuals { get; } = new float[PanelRows];
    }
}
