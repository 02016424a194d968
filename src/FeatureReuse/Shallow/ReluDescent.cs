using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FeatureReuse.Shallow;

/// <summary>
/// Gradient steps of a two-layer ReLU network, one pass over the samples each. With r the residual of a sample, all that a step needs is
/// G_ih = sum r x_i [w_h . x > 0]: the gradient of w_ih is v_h G_ih and that of v_h is sum_i w_ih G_ih. A step allocates nothing.
/// </summary>
internal sealed class ReluDescent : IDescent, IDisposable
{
    /// <summary>Below this many products a thread a step is over sooner than another thread has begun.</summary>
    private const long ProductsPerThread = 64 * 1024;

    /// <summary>Rows in hand at once: their inputs and outputs fit into the first cache, their activations into the second.</summary>
    private const int PanelRows = 32;

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

    public void Restart()
    {
        _initialFirst.Span.CopyTo(_network.First.Span);
        for (int task = 0; task < _tasks.Count; task++)
        {
            _initialReadouts[task].Span.CopyTo(_network.Readouts[task].Span);
        }
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
            {
                total += _losses[member * 8];
            }
            rows += _batch.RowCount;
            Update(learningRate * 2 / _batch.RowCount);
        }
        return total / rows;
    }

    /// <summary>A member's blocks of rows: residuals, their squares' sum, and G.</summary>
    private void Accumulate(int member)
    {
        foreach (AlignedFloats sum in _sums[member])
        {
            sum.Span.Clear();
        }
        (int from, int to) = _team.ShareOf(_batch.BlockCount, member);
        double loss = 0;
        while (from < to)
        {
            int task = _batch.TaskOfBlock[from];
            int end = from + 1;
            while (end < to && end - from < PanelBlocks && _batch.TaskOfBlock[end] == task)
            {
                end++;
            }
            Panel panel = _panels[member];
            Forward(panel, from, end, _network.Readouts[task]);
            loss += Residuals(panel, from, end);
            Backward(panel, from, end, _sums[member][task]);
            from = end;
        }
        _losses[member * 8] = loss;
    }

    /// <summary>
    /// Activations before the ReLU, and outputs. One vector of hidden units after the other meets all rows of the panel, four at a time, so that their weights
    /// stay in the first cache and their sums in registers.
    /// </summary>
    private void Forward(Panel panel, int from, int to, AlignedFloats readout)
    {
        int width = _network.Width;
        nuint stride = (nuint)_network.Stride;
        ref float inputs = ref _batch.Inputs[from * ReluBatch.BlockLength * width];
        ref float weights = ref _network.First.Reference;
        ref Vector512<float> kept = ref panel.FirstActivation;
        panel.Outputs.AsSpan().Clear();
        for (nuint h = 0; h < stride; h += 16)
        {
            Vector512<float> v = Vector512.LoadUnsafe(ref readout.Reference, h);
            ref Vector512<float> output = ref panel.Outputs[0];
            ref float x = ref inputs;
            for (int block = from; block < to; block++)
            {
                ref float end = ref Unsafe.Add(ref x, 8 * width);
                Vector512<float> a0 = default, a1 = default, a2 = default, a3 = default, a4 = default, a5 = default, a6 = default, a7 = default;
                ref float w = ref Unsafe.Add(ref weights, h);
                for (ref float value = ref x; Unsafe.IsAddressLessThan(ref value, ref end); value = ref Unsafe.Add(ref value, 8))
                {
                    Vector512<float> weight = Vector512.LoadUnsafe(ref w);
                    w = ref Unsafe.Add(ref w, stride);
                    a0 = Vector512.FusedMultiplyAdd(weight, Vector512.Create(value), a0);
                    a1 = Vector512.FusedMultiplyAdd(weight, Vector512.Create(Unsafe.Add(ref value, 1)), a1);
                    a2 = Vector512.FusedMultiplyAdd(weight, Vector512.Create(Unsafe.Add(ref value, 2)), a2);
                    a3 = Vector512.FusedMultiplyAdd(weight, Vector512.Create(Unsafe.Add(ref value, 3)), a3);
                    a4 = Vector512.FusedMultiplyAdd(weight, Vector512.Create(Unsafe.Add(ref value, 4)), a4);
                    a5 = Vector512.FusedMultiplyAdd(weight, Vector512.Create(Unsafe.Add(ref value, 5)), a5);
                    a6 = Vector512.FusedMultiplyAdd(weight, Vector512.Create(Unsafe.Add(ref value, 6)), a6);
                    a7 = Vector512.FusedMultiplyAdd(weight, Vector512.Create(Unsafe.Add(ref value, 7)), a7);
                }
                kept = a0;
                Unsafe.Add(ref kept, 1) = a1;
                Unsafe.Add(ref kept, 2) = a2;
                Unsafe.Add(ref kept, 3) = a3;
                Unsafe.Add(ref kept, 4) = a4;
                Unsafe.Add(ref kept, 5) = a5;
                Unsafe.Add(ref kept, 6) = a6;
                Unsafe.Add(ref kept, 7) = a7;
                kept = ref Unsafe.Add(ref kept, 8);
                output += v * Vector512.Max(a0, default);
                Unsafe.Add(ref output, 1) += v * Vector512.Max(a1, default);
                Unsafe.Add(ref output, 2) += v * Vector512.Max(a2, default);
                Unsafe.Add(ref output, 3) += v * Vector512.Max(a3, default);
                Unsafe.Add(ref output, 4) += v * Vector512.Max(a4, default);
                Unsafe.Add(ref output, 5) += v * Vector512.Max(a5, default);
                Unsafe.Add(ref output, 6) += v * Vector512.Max(a6, default);
                Unsafe.Add(ref output, 7) += v * Vector512.Max(a7, default);
                output = ref Unsafe.Add(ref output, 8);
                x = ref end;
            }
        }
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
        for (nuint h = 0; h < stride; h += 16)
        {
            ref float x = ref inputs;
            ref float residual = ref panel.Residuals[0];
            for (int block = from; block < to; block++)
            {
                ref float end = ref Unsafe.Add(ref x, 8 * width);
                Vector512<float> r0 = WhereOn(kept, residual);
                Vector512<float> r1 = WhereOn(Unsafe.Add(ref kept, 1), Unsafe.Add(ref residual, 1));
                Vector512<float> r2 = WhereOn(Unsafe.Add(ref kept, 2), Unsafe.Add(ref residual, 2));
                Vector512<float> r3 = WhereOn(Unsafe.Add(ref kept, 3), Unsafe.Add(ref residual, 3));
                Vector512<float> r4 = WhereOn(Unsafe.Add(ref kept, 4), Unsafe.Add(ref residual, 4));
                Vector512<float> r5 = WhereOn(Unsafe.Add(ref kept, 5), Unsafe.Add(ref residual, 5));
                Vector512<float> r6 = WhereOn(Unsafe.Add(ref kept, 6), Unsafe.Add(ref residual, 6));
                Vector512<float> r7 = WhereOn(Unsafe.Add(ref kept, 7), Unsafe.Add(ref residual, 7));
                ref float place = ref Unsafe.Add(ref sum, h);
                for (ref float value = ref x; Unsafe.IsAddressLessThan(ref value, ref end); value = ref Unsafe.Add(ref value, 8))
                {
                    Vector512<float> g = Vector512.LoadUnsafe(ref place);
                    g = Vector512.FusedMultiplyAdd(r0, Vector512.Create(value), g);
                    g = Vector512.FusedMultiplyAdd(r1, Vector512.Create(Unsafe.Add(ref value, 1)), g);
                    g = Vector512.FusedMultiplyAdd(r2, Vector512.Create(Unsafe.Add(ref value, 2)), g);
                    g = Vector512.FusedMultiplyAdd(r3, Vector512.Create(Unsafe.Add(ref value, 3)), g);
                    g = Vector512.FusedMultiplyAdd(r4, Vector512.Create(Unsafe.Add(ref value, 4)), g);
                    g = Vector512.FusedMultiplyAdd(r5, Vector512.Create(Unsafe.Add(ref value, 5)), g);
                    g = Vector512.FusedMultiplyAdd(r6, Vector512.Create(Unsafe.Add(ref value, 6)), g);
                    g = Vector512.FusedMultiplyAdd(r7, Vector512.Create(Unsafe.Add(ref value, 7)), g);
                    g.StoreUnsafe(ref place);
                    place = ref Unsafe.Add(ref place, stride);
                }
                kept = ref Unsafe.Add(ref kept, 8);
                residual = ref Unsafe.Add(ref residual, 8);
                x = ref end;
            }
        }
    }

    private void Update(float rate)
    {
        int vectors = _network.Stride / Vector<float>.Count;
        ref Vector<float> w = ref First(_network.First);
        var scale = new Vector<float>(rate);
        for (int h = 0; h < vectors; h++)
        {
            for (int task = 0; task < _tasks.Count; task++)
            {
                ref Vector<float> total = ref First(_sums[0][task]);
                for (int member = 1; member < _team.Size; member++)
                {
                    ref Vector<float> share = ref First(_sums[member][task]);
                    for (int i = 0; i < _network.Width; i++)
                    {
                        Unsafe.Add(ref total, i * vectors + h) += Unsafe.Add(ref share, i * vectors + h);
                    }
                }
            }
            for (int task = 0; task < _tasks.Count; task++)
            {
                // The readout's step uses the first layer as it was, and the other way round: the first layer moves below.
                ref Vector<float> sum = ref First(_sums[0][task]);
                Vector<float> slope = default;
                for (int i = 0; i < _network.Width; i++)
                {
                    slope += Unsafe.Add(ref w, i * vectors + h) * Unsafe.Add(ref sum, i * vectors + h);
                }
                Unsafe.Add(ref First(_slopes[task]), h) = slope;
            }
            for (int task = 0; task < _tasks.Count; task++)
            {
                ref Vector<float> sum = ref First(_sums[0][task]);
                ref Vector<float> readout = ref Unsafe.Add(ref First(_network.Readouts[task]), h);
                Vector<float> step = scale * readout;
                for (int i = 0; i < _network.Width; i++)
                {
                    Unsafe.Add(ref w, i * vectors + h) -= step * Unsafe.Add(ref sum, i * vectors + h);
                }
                readout -= scale * Unsafe.Add(ref First(_slopes[task]), h);
            }
        }
    }

    /// <summary>The residual where the unit is on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> WhereOn(Vector512<float> activation, float residual)
        => Vector512.GreaterThan(activation, Vector512<float>.Zero) & Vector512.Create(residual);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref Vector<float> First(AlignedFloats values) => ref Unsafe.As<float, Vector<float>>(ref values.Reference);

    /// <summary>What a member keeps of the rows that it has in hand.</summary>
    private sealed class Panel(int stride)
    {
        private readonly AlignedFloats _activations = new(stride * PanelRows);

        public ref Vector512<float> FirstActivation => ref Unsafe.As<float, Vector512<float>>(ref _activations.Reference);

        public Vector512<float>[] Outputs { get; } = new Vector512<float>[PanelRows];

        public float[] Residuals { get; } = new float[PanelRows];
    }
}
