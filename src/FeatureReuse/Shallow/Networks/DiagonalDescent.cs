using System.Numerics;
using System.Runtime.CompilerServices;
using Floats = System.Numerics.Vector<float>;

namespace FeatureReuse;

/// <summary>Takes gradient steps of a diagonal network, each on all samples.</summary>
internal sealed class DiagonalDescent : GradientDescent
{
    /// <summary>With fewer values per thread, a step is over before another thread has begun.</summary>
    private const int ValuesPerThread = 32 * 1024;

    private readonly DiagonalNetwork _network;
    private readonly IReadOnlyList<RegressionSamples> _tasks;
    private readonly bool _readoutOnly;
    private readonly float _residualScale;
    private readonly AlignedFloats[] _coefficients;
    private readonly AlignedFloats[][] _gradients;

    public DiagonalDescent(DiagonalNetwork network, IReadOnlyList<RegressionSamples> tasks, bool readoutOnly, int? threads)
    {
        (_network, _tasks, _readoutOnly) = (network, tasks, readoutOnly);
        int length = network.First.Plus.Length;
        long rows = tasks.Sum(task => (long)task.Count);
        _residualScale = 2f / rows;
        Team = new WorkerTeam(threads, rows * length / ValuesPerThread, Accumulate);
        _coefficients = CreateForTasks();
        _gradients = [.. Enumerable.Range(0, Team.Size).Select(_ => CreateForTasks())];

        AlignedFloats[] CreateForTasks() => [.. tasks.Select(_ => new AlignedFloats(length))];
    }

    protected override WorkerTeam Team { get; }
    protected override long StepsPerEpoch => 1;

    protected override double RunEpoch(float learningRate)
    {
        for (int task = 0; task < _tasks.Count; task++)
            ComputeCoefficients(_network.Readouts[task], _coefficients[task]);
        double loss = Team.Step(0);
        Update(learningRate);
        return loss * _residualScale / 2;
    }

    private void ComputeCoefficients(DiagonalLayer readout, AlignedFloats coefficients)
    {
        ReadOnlySpan<Floats> wPlus = Vectors(_network.First.Plus), wMinus = Vectors(_network.First.Minus);
        ReadOnlySpan<Floats> vPlus = Vectors(readout.Plus), vMinus = Vectors(readout.Minus);
        Span<Floats> beta = Vectors(coefficients.Span);
        for (int i = 0; i < beta.Length; i++)
            beta[i] = wPlus[i] * vPlus[i] - wMinus[i] * vMinus[i];
    }

    /// <summary>Computes, for a member's rows, the sum of squared residuals and the sum of residual times input.</summary>
    private double Accumulate(int member)
    {
        double loss = 0;
        for (int task = 0; task < _tasks.Count; task++)
        {
            RegressionSamples samples = _tasks[task];
            AlignedFloats gradient = _gradients[member][task];
            gradient.Span.Clear();
            (int from, int to) = Team.ShareOf(samples.BlockCount, member);
            for (int block = from; block < to; block++)
                loss += AccumulateBlock(samples, block * RegressionSamples.BlockLength, _coefficients[task], gradient);
        }
        return loss;
    }

    /// <summary>Processes four rows at a time, so that coefficients and gradient are read once for all of them.</summary>
    private static double AccumulateBlock(RegressionSamples samples, int row, AlignedFloats coefficients, AlignedFloats gradient)
    {
        ReadOnlySpan<Floats> beta = Vectors(coefficients.Span);
        ReadOnlySpan<Floats> x = Vectors(samples.Inputs.Span[(row * samples.Stride)..]);
        // Equal lengths, so that bounds are checked once.
        int length = beta.Length;
        Span<Floats> sum = Vectors(gradient.Span)[..length];
        ReadOnlySpan<Floats> x0 = x[..length], x1 = x.Slice(length, length);
        ReadOnlySpan<Floats> x2 = x.Slice(2 * length, length), x3 = x.Slice(3 * length, length);
        Floats f0 = default, f1 = default, f2 = default, f3 = default;
        for (int i = 0; i < beta.Length; i++)
        {
            Floats b = beta[i];
            f0 = Vector.FusedMultiplyAdd(x0[i], b, f0);
            f1 = Vector.FusedMultiplyAdd(x1[i], b, f1);
            f2 = Vector.FusedMultiplyAdd(x2[i], b, f2);
            f3 = Vector.FusedMultiplyAdd(x3[i], b, f3);
        }
        ReadOnlySpan<float> labels = samples.Labels.AsSpan(row, RegressionSamples.BlockLength);
        float r0 = Vector.Sum(f0) - labels[0], r1 = Vector.Sum(f1) - labels[1];
        float r2 = Vector.Sum(f2) - labels[2], r3 = Vector.Sum(f3) - labels[3];
        Floats s0 = new(r0), s1 = new(r1), s2 = new(r2), s3 = new(r3);
        for (int i = 0; i < sum.Length; i++)
        {
            Floats g = Vector.FusedMultiplyAdd(x0[i], s0, sum[i]);
            g = Vector.FusedMultiplyAdd(x1[i], s1, g);
            g = Vector.FusedMultiplyAdd(x2[i], s2, g);
            sum[i] = Vector.FusedMultiplyAdd(x3[i], s3, g);
        }
        return (double)r0 * r0 + (double)r1 * r1 + (double)r2 * r2 + (double)r3 * r3;
    }

    private void Update(float learningRate)
    {
        var rate = new Floats(learningRate * _residualScale);
        Span<Floats> wPlus = Vectors(_network.First.Plus), wMinus = Vectors(_network.First.Minus);
        for (int i = 0; i < wPlus.Length; i++)
        {
            Floats plus = wPlus[i], minus = wMinus[i], plusStep = default, minusStep = default;
            for (int task = 0; task < _tasks.Count; task++)
            {
                Floats g = default;
                foreach (AlignedFloats[] gradients in _gradients)
                    g += Vectors(gradients[task].Span)[i];
                g *= rate;
                ref Floats vPlus = ref Vectors(_network.Readouts[task].Plus)[i];
                ref Floats vMinus = ref Vectors(_network.Readouts[task].Minus)[i];
                plusStep += g * vPlus;
                minusStep += g * vMinus;
                vPlus -= g * plus;
                vMinus += g * minus;
            }
            if (!_readoutOnly)
                (wPlus[i], wMinus[i]) = (plus - plusStep, minus + minusStep);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Span<Floats> Vectors(Span<float> values) => MemoryMarshal.Cast<float, Floats>(values);
}
