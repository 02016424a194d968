using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FeatureReuse;

/// <summary>Gradient steps of a diagonal network, one pass over the samples each. A step allocates nothing.</summary>
internal sealed class DiagonalDescent : IDescent, IDisposable
{
    /// <summary>Below this many values a thread a step is over sooner than another thread has begun.</summary>
    private const int ValuesPerThread = 32 * 1024;

    private readonly DiagonalNetwork _network;
    private readonly IReadOnlyList<RegressionSamples> _tasks;
    private readonly bool _readoutOnly;
    private readonly DiagonalLayer _initialFirst;
    private readonly DiagonalLayer[] _initialReadouts;
    private readonly int _length;
    private readonly float _residualScale;
    private readonly AlignedFloats[] _coefficients;
    private readonly AlignedFloats[][] _gradients;
    private readonly double[] _losses;
    private readonly WorkerTeam _team;

    public DiagonalDescent(DiagonalNetwork network, IReadOnlyList<RegressionSamples> tasks, bool readoutOnly, int? threads)
    {
        _network = network;
        _tasks = tasks;
        _readoutOnly = readoutOnly;
        _initialFirst = network.First.Copy();
        _initialReadouts = [.. network.Readouts.Select(readout => readout.Copy())];
        _length = network.First.Plus.Length;
        long rows = tasks.Sum(task => (long)task.Count);
        _residualScale = 2f / rows;
        _coefficients = [.. tasks.Select(_ => new AlignedFloats(_length))];
        int size = threads ?? (int)Math.Clamp(rows * _length / ValuesPerThread, 1, Environment.ProcessorCount);
        _gradients = [.. Enumerable.Range(0, size).Select(_ => tasks.Select(_ => new AlignedFloats(_length)).ToArray())];
        // A member's loss stands apart from the others', on a cache line of its own.
        _losses = new double[size * 8];
        _team = new WorkerTeam(size, Accumulate);
    }

    public long StepsPerEpoch => 1;

    public void Dispose() => _team.Dispose();

    public double LossOn(RegressionSamples samples) => _network.ComputeLoss(samples);

    public void Restart()
    {
        _network.First.CopyFrom(_initialFirst);
        for (int task = 0; task < _tasks.Count; task++)
            _network.Readouts[task].CopyFrom(_initialReadouts[task]);
    }

    public double Epoch(float learningRate)
    {
        for (int task = 0; task < _tasks.Count; task++)
            Multiply(_network.First, _network.Readouts[task], _coefficients[task]);
        _team.Step();
        double loss = 0;
        for (int member = 0; member < _team.Size; member++)
            loss += _losses[member * 8];
        Update(learningRate);
        return loss * _residualScale / 2;
    }

    private static void Multiply(DiagonalLayer first, DiagonalLayer readout, AlignedFloats product)
    {
        ReadOnlySpan<Vector<float>> wPlus = Vectors(first.Plus), wMinus = Vectors(first.Minus), vPlus = Vectors(readout.Plus), vMinus = Vectors(readout.Minus);
        Span<Vector<float>> beta = Vectors(product.Span);
        for (int i = 0; i < beta.Length; i++)
            beta[i] = wPlus[i] * vPlus[i] - wMinus[i] * vMinus[i];
    }

    /// <summary>A member's rows: residuals, their squares' sum, and the sum of residual times input.</summary>
    private void Accumulate(int member)
    {
        double loss = 0;
        for (int task = 0; task < _tasks.Count; task++)
        {
            RegressionSamples samples = _tasks[task];
            AlignedFloats gradient = _gradients[member][task];
            gradient.Span.Clear();
            (int from, int to) = _team.ShareOf(samples.BlockCount, member);
            for (int block = from; block < to; block++)
                loss += AccumulateBlock(samples, block * RegressionSamples.BlockLength, _coefficients[task], gradient);
        }
        _losses[member * 8] = loss;
    }

    /// <summary>Four rows at a time, so that coefficients and gradient are read once for all of them.</summary>
    private static double AccumulateBlock(RegressionSamples samples, int row, AlignedFloats coefficients, AlignedFloats gradient)
    {
        int stride = samples.Stride;
        ReadOnlySpan<Vector<float>> beta = Vectors(coefficients.Span);
        Span<Vector<float>> sum = Vectors(gradient.Span);
        ReadOnlySpan<Vector<float>> x0 = Vectors(samples.Inputs.Span.Slice(row * stride, stride));
        ReadOnlySpan<Vector<float>> x1 = Vectors(samples.Inputs.Span.Slice((row + 1) * stride, stride));
        ReadOnlySpan<Vector<float>> x2 = Vectors(samples.Inputs.Span.Slice((row + 2) * stride, stride));
        ReadOnlySpan<Vector<float>> x3 = Vectors(samples.Inputs.Span.Slice((row + 3) * stride, stride));
        // Equal lengths, so that bounds are checked once.
        x0 = x0[..beta.Length];
        x1 = x1[..beta.Length];
        x2 = x2[..beta.Length];
        x3 = x3[..beta.Length];
        Vector<float> f0 = default, f1 = default, f2 = default, f3 = default;
        for (int i = 0; i < beta.Length; i++)
        {
            Vector<float> b = beta[i];
            f0 = Vector.FusedMultiplyAdd(x0[i], b, f0);
            f1 = Vector.FusedMultiplyAdd(x1[i], b, f1);
            f2 = Vector.FusedMultiplyAdd(x2[i], b, f2);
            f3 = Vector.FusedMultiplyAdd(x3[i], b, f3);
        }
        ReadOnlySpan<float> labels = samples.Labels.AsSpan(row, RegressionSamples.BlockLength);
        float r0 = Vector.Sum(f0) - labels[0];
        float r1 = Vector.Sum(f1) - labels[1];
        float r2 = Vector.Sum(f2) - labels[2];
        float r3 = Vector.Sum(f3) - labels[3];
        var s0 = new Vector<float>(r0);
        var s1 = new Vector<float>(r1);
        var s2 = new Vector<float>(r2);
        var s3 = new Vector<float>(r3);
        sum = sum[..beta.Length];
        for (int i = 0; i < sum.Length; i++)
        {
            Vector<float> g = sum[i];
            g = Vector.FusedMultiplyAdd(x0[i], s0, g);
            g = Vector.FusedMultiplyAdd(x1[i], s1, g);
            g = Vector.FusedMultiplyAdd(x2[i], s2, g);
            sum[i] = Vector.FusedMultiplyAdd(x3[i], s3, g);
        }
        return (double)r0 * r0 + (double)r1 * r1 + (double)r2 * r2 + (double)r3 * r3;
    }

    private void Update(float learningRate)
    {
        var rate = new Vector<float>(learningRate * _residualScale);
        Span<Vector<float>> wPlus = Vectors(_network.First.Plus), wMinus = Vectors(_network.First.Minus);
        for (int i = 0; i < wPlus.Length; i++)
        {
            Vector<float> plusStep = default;
            Vector<float> minusStep = default;
            Vector<float> plus = wPlus[i];
            Vector<float> minus = wMinus[i];
            for (int task = 0; task < _tasks.Count; task++)
            {
                Vector<float> g = default;
                foreach (AlignedFloats[] gradients in _gradients)
                    g += Vectors(gradients[task].Span)[i];
                g *= rate;
                ref Vector<float> vPlus = ref Vectors(_network.Readouts[task].Plus)[i];
                ref Vector<float> vMinus = ref Vectors(_network.Readouts[task].Minus)[i];
                plusStep += g * vPlus;
                minusStep += g * vMinus;
                vPlus -= g * plus;
                vMinus += g * minus;
            }
            if (!_readoutOnly)
            {
                wPlus[i] = plus - plusStep;
                wMinus[i] = minus + minusStep;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Span<Vector<float>> Vectors(Span<float> values) => MemoryMarshal.Cast<float, Vector<float>>(values);
}
