using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FeatureReuse;

/// <summary>
/// Computes residuals and gradient sums of a few blocks of rows. Two vectors of hidden units at a time meet all rows of the panel, eight
/// rows at a time: sixteen sums in registers, for which each weight is read once and each input broadcast once.
/// </summary>
internal sealed class ReluPanel(TwoLayerReluNetwork network)
{
    /// <summary>The number of blocks whose inputs and outputs fit into the first cache, and whose activations into the second.</summary>
    public const int Blocks = 8;

    private const int Rows = Blocks * ReluBatch.BlockLength;

    private readonly AlignedFloats _activations = new(network.Stride * Rows);
    private readonly Vector512<float>[] _outputs = new Vector512<float>[Rows];
    private readonly float[] _residuals = new float[Rows];

    /// <summary>Adds the gradient sums of some blocks of one task; returns the sum of squared residuals.</summary>
    public double Accumulate(ReluBatch batch, int from, int to, AlignedFloats readout, AlignedFloats sums)
    {
        int firstRow = from * ReluBatch.BlockLength;
        ref float inputs = ref batch.Inputs[firstRow * network.Width];
        ComputeOutputs(ref inputs, to - from, readout);
        double loss = ComputeResiduals(batch.Labels.AsSpan(firstRow, (to - from) * ReluBatch.BlockLength));
        AddGradients(ref inputs, to - from, ref sums.Reference);
        return loss;
    }

    /// <summary>Computes the activations before the ReLU, and the outputs.</summary>
    private void ComputeOutputs(ref float inputs, int blocks, AlignedFloats readout)
    {
        int width = network.Width;
        nuint stride = (nuint)network.Stride;
        ref float weights = ref network.First.Reference;
        ref Vector512<float> kept = ref Unsafe.As<float, Vector512<float>>(ref _activations.Reference);
        _outputs.AsSpan().Clear();
        for (nuint h = 0; h < stride; h += 32)
        {
            Vector512<float> v = Vector512.LoadUnsafe(ref readout.Reference, h);
            Vector512<float> u = Vector512.LoadUnsafe(ref readout.Reference, h + 16);
            ref Vector512<float> output = ref _outputs[0];
            ref float x = ref inputs;
            for (int block = 0; block < blocks; block++)
            {
                ref float end = ref Unsafe.Add(ref x, 8 * width);
                Vector512<float> a0 = default, a1 = default, a2 = default, a3 = default;
                Vector512<float> a4 = default, a5 = default, a6 = default, a7 = default;
                Vector512<float> b0 = default, b1 = default, b2 = default, b3 = default;
                Vector512<float> b4 = default, b5 = default, b6 = default, b7 = default;
                ref float w = ref Unsafe.Add(ref weights, h);
                while (Unsafe.IsAddressLessThan(ref x, ref end))
                {
                    Vector512<float> first = Vector512.LoadUnsafe(ref w);
                    Vector512<float> second = Vector512.LoadUnsafe(ref w, 16);
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

    private double ComputeResiduals(ReadOnlySpan<float> labels)
    {
        double loss = 0;
        for (int row = 0; row < labels.Length; row++)
        {
            float residual = Vector512.Sum(_outputs[row]) - labels[row];
            _residuals[row] = residual;
            loss += (double)residual * residual;
        }
        return loss;
    }

    /// <summary>Adds to G, in the order of <see cref="ComputeOutputs"/>.</summary>
    private void AddGradients(ref float inputs, int blocks, ref float sums)
    {
        int width = network.Width;
        nuint stride = (nuint)network.Stride;
        ref Vector512<float> kept = ref Unsafe.As<float, Vector512<float>>(ref _activations.Reference);
        for (nuint h = 0; h < stride; h += 32)
        {
            ref float x = ref inputs;
            ref float residual = ref _residuals[0];
            for (int block = 0; block < blocks; block++)
            {
                ref float end = ref Unsafe.Add(ref x, 8 * width);
                (Vector512<float> a0, Vector512<float> b0) = WhereActive(ref kept, residual);
                (Vector512<float> a1, Vector512<float> b1) = WhereActive(ref Unsafe.Add(ref kept, 2), Unsafe.Add(ref residual, 1));
                (Vector512<float> a2, Vector512<float> b2) = WhereActive(ref Unsafe.Add(ref kept, 4), Unsafe.Add(ref residual, 2));
                (Vector512<float> a3, Vector512<float> b3) = WhereActive(ref Unsafe.Add(ref kept, 6), Unsafe.Add(ref residual, 3));
                (Vector512<float> a4, Vector512<float> b4) = WhereActive(ref Unsafe.Add(ref kept, 8), Unsafe.Add(ref residual, 4));
                (Vector512<float> a5, Vector512<float> b5) = WhereActive(ref Unsafe.Add(ref kept, 10), Unsafe.Add(ref residual, 5));
                (Vector512<float> a6, Vector512<float> b6) = WhereActive(ref Unsafe.Add(ref kept, 12), Unsafe.Add(ref residual, 6));
                (Vector512<float> a7, Vector512<float> b7) = WhereActive(ref Unsafe.Add(ref kept, 14), Unsafe.Add(ref residual, 7));
                ref float place = ref Unsafe.Add(ref sums, h);
                while (Unsafe.IsAddressLessThan(ref x, ref end))
                {
                    Vector512<float> first = Vector512.LoadUnsafe(ref place);
                    Vector512<float> second = Vector512.LoadUnsafe(ref place, 16);
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
    private static void AddProducts(
        ref Vector512<float> firstSum, ref Vector512<float> secondSum, Vector512<float> first, Vector512<float> second, float number)
    {
        Vector512<float> value = Vector512.Create(number);
        firstSum = Vector512.FusedMultiplyAdd(first, value, firstSum);
        secondSum = Vector512.FusedMultiplyAdd(second, value, secondSum);
    }

    /// <summary>Keeps the activations of one row, and adds what they contribute to its output.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Keep(ref Vector512<float> kept, ref Vector512<float> output,
        Vector512<float> first, Vector512<float> second, Vector512<float> v, Vector512<float> u)
    {
        kept = first;
        Unsafe.Add(ref kept, 1) = second;
        output = Vector512.FusedMultiplyAdd(v, Vector512.MaxNative(first, default), output);
        output = Vector512.FusedMultiplyAdd(u, Vector512.MaxNative(second, default), output);
    }

    /// <summary>Returns the residual where units are active, 0 elsewhere.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<float> First, Vector512<float> Second) WhereActive(ref Vector512<float> kept, float residual)
    {
        Vector512<float> value = Vector512.Create(residual);
        return (Vector512.GreaterThan(kept, default) & value, Vector512.GreaterThan(Unsafe.Add(ref kept, 1), default) & value);
    }
}
