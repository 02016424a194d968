using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Floats = System.Runtime.Intrinsics.Vector512<float>;

namespace FeatureReuse;

/// <summary>Computes residuals and gradient sums of blocks of rows: two vectors of hidden units by eight rows, in registers.</summary>
internal sealed class ReluPanel(TwoLayerReluNetwork network)
{
    /// <summary>The number of blocks whose inputs and outputs fit into the first cache, and whose activations into the second.</summary>
    public const int Blocks = 8;

    private const int Rows = Blocks * ReluBatch.BlockLength;

    private readonly AlignedFloats _activations = new(network.Stride * Rows);
    private readonly AlignedFloats _outputs = new(Floats.Count * Rows);
    private readonly float[] _residuals = new float[Rows];

    /// <summary>Adds the gradient sums of some blocks of one task; returns the sum of squared residuals.</summary>
    public double Accumulate(ReluBatch batch, int from, int to, AlignedFloats readout, AlignedFloats sums)
    {
        int firstRow = from * ReluBatch.BlockLength;
        ref float inputs = ref batch.Inputs[firstRow * network.Width];
        ComputeOutputs(ref inputs, to - from, readout);
        ReadOnlySpan<Floats> outputs = MemoryMarshal.Cast<float, Floats>(_outputs.Span);
        double loss = 0;
        for (int row = 0; row < (to - from) * ReluBatch.BlockLength; row++)
        {
            _residuals[row] = Vector512.Sum(outputs[row]) - batch.Labels[firstRow + row];
            loss += (double)_residuals[row] * _residuals[row];
        }
        AddGradients(ref inputs, to - from, ref sums.Reference);
        return loss;
    }

    /// <summary>Computes the activations before the ReLU, and the outputs.</summary>
    private void ComputeOutputs(ref float inputs, int blocks, AlignedFloats readout)
    {
        int width = network.Width;
        nuint stride = (nuint)network.Stride;
        ref float weights = ref network.First.Reference;
        ref Floats kept = ref Unsafe.As<float, Floats>(ref _activations.Reference);
        _outputs.Span.Clear();
        for (nuint h = 0; h < stride; h += 32)
        {
            Floats v = Vector512.LoadUnsafe(ref readout.Reference, h);
            Floats u = Vector512.LoadUnsafe(ref readout.Reference, h + 16);
            ref Floats output = ref Unsafe.As<float, Floats>(ref _outputs.Reference);
            ref float x = ref inputs;
            for (int block = 0; block < blocks; block++)
            {
                ref float end = ref Unsafe.Add(ref x, 8 * width);
                Floats a0 = default, a1 = default, a2 = default, a3 = default, a4 = default, a5 = default, a6 = default, a7 = default;
                Floats b0 = default, b1 = default, b2 = default, b3 = default, b4 = default, b5 = default, b6 = default, b7 = default;
                ref float w = ref Unsafe.Add(ref weights, h);
                while (Unsafe.IsAddressLessThan(ref x, ref end))
                {
                    Floats first = Vector512.LoadUnsafe(ref w);
                    Floats second = Vector512.LoadUnsafe(ref w, 16);
                    w = ref Unsafe.Add(ref w, stride);
                    AddProducts(ref a0, ref b0, first, second, x);
                    AddProducts(ref a1, ref b1, first, second, Unsafe.Add(ref x, 1));
                    AddProducts(ref a2, ref b2, first, second, Unsafe.Add(ref x, 2));
                    AddProducts(ref a3, ref b3, first, second, Unsafe.Add(ref x, 3));
                    AddProducts(ref a4, ref b4, first, second, Unsafe.Add(ref x, 4));
                    AddProducts(ref a5, ref b5, first, second, Unsafe.Add(ref x, 5));
                    AddProducts(ref a6, ref b6, first, second, Unsafe.Add(ref x, 6));
                    AddProducts(ref a7, ref b7, first, second, Unsafe.Add(ref x, 7));
                    x = ref Unsafe.Add(ref x, 8);
                }
                Keep(ref kept, ref output, a0, b0, v, u);
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

    /// <summary>Adds to G, in the order of <see cref="ComputeOutputs"/>.</summary>
    private void AddGradients(ref float inputs, int blocks, ref float sums)
    {
        int width = network.Width;
        nuint stride = (nuint)network.Stride;
        ref Floats kept = ref Unsafe.As<float, Floats>(ref _activations.Reference);
        for (nuint h = 0; h < stride; h += 32)
        {
            ref float x = ref inputs;
            ref float residual = ref _residuals[0];
            for (int block = 0; block < blocks; block++)
            {
                ref float end = ref Unsafe.Add(ref x, 8 * width);
                (Floats a0, Floats b0) = WhereActive(ref kept, residual);
                (Floats a1, Floats b1) = WhereActive(ref Unsafe.Add(ref kept, 2), Unsafe.Add(ref residual, 1));
                (Floats a2, Floats b2) = WhereActive(ref Unsafe.Add(ref kept, 4), Unsafe.Add(ref residual, 2));
                (Floats a3, Floats b3) = WhereActive(ref Unsafe.Add(ref kept, 6), Unsafe.Add(ref residual, 3));
                (Floats a4, Floats b4) = WhereActive(ref Unsafe.Add(ref kept, 8), Unsafe.Add(ref residual, 4));
                (Floats a5, Floats b5) = WhereActive(ref Unsafe.Add(ref kept, 10), Unsafe.Add(ref residual, 5));
                (Floats a6, Floats b6) = WhereActive(ref Unsafe.Add(ref kept, 12), Unsafe.Add(ref residual, 6));
                (Floats a7, Floats b7) = WhereActive(ref Unsafe.Add(ref kept, 14), Unsafe.Add(ref residual, 7));
                ref float place = ref Unsafe.Add(ref sums, h);
                while (Unsafe.IsAddressLessThan(ref x, ref end))
                {
                    Floats first = Vector512.LoadUnsafe(ref place);
                    Floats second = Vector512.LoadUnsafe(ref place, 16);
                    AddProducts(ref first, ref second, a0, b0, x);
                    AddProducts(ref first, ref second, a1, b1, Unsafe.Add(ref x, 1));
                    AddProducts(ref first, ref second, a2, b2, Unsafe.Add(ref x, 2));
                    AddProducts(ref first, ref second, a3, b3, Unsafe.Add(ref x, 3));
                    AddProducts(ref first, ref second, a4, b4, Unsafe.Add(ref x, 4));
                    AddProducts(ref first, ref second, a5, b5, Unsafe.Add(ref x, 5));
                    AddProducts(ref first, ref second, a6, b6, Unsafe.Add(ref x, 6));
                    AddProducts(ref first, ref second, a7, b7, Unsafe.Add(ref x, 7));
                    first.StoreUnsafe(ref place);
                    second.StoreUnsafe(ref place, 16);
                    place = ref Unsafe.Add(ref place, stride);
                    x = ref Unsafe.Add(ref x, 8);
                }
                kept = ref Unsafe.Add(ref kept, 16);
                residual = ref Unsafe.Add(ref residual, 8);
            }
        }
    }

    /// <summary>Adds a number times two vectors to two sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddProducts(ref Floats firstSum, ref Floats secondSum, Floats first, Floats second, float number)
    {
        Floats value = Vector512.Create(number);
        firstSum = Vector512.FusedMultiplyAdd(first, value, firstSum);
        secondSum = Vector512.FusedMultiplyAdd(second, value, secondSum);
    }

    /// <summary>Keeps the activations of one row, and adds what they contribute to its output.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Keep(ref Floats kept, ref Floats output, Floats first, Floats second, Floats v, Floats u)
    {
        kept = first;
        Unsafe.Add(ref kept, 1) = second;
        output = Vector512.FusedMultiplyAdd(v, Vector512.MaxNative(first, default), output);
        output = Vector512.FusedMultiplyAdd(u, Vector512.MaxNative(second, default), output);
    }

    /// <summary>Returns the residual where units are active, 0 elsewhere.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Floats First, Floats Second) WhereActive(ref Floats kept, float residual)
    {
        Floats value = Vector512.Create(residual);
        return (Vector512.GreaterThan(kept, default) & value, Vector512.GreaterThan(Unsafe.Add(ref kept, 1), default) & value);
    }
}
