using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FeatureReuse.Shallow;

/// <summary>
/// A positive definite system by Cholesky's method. Rows lie one after the other, so that all sums are inner products of contiguous numbers: several times
/// faster than a general library's, and the solver for the limit does little else.
/// </summary>
internal sealed class SymmetricSystem(int size)
{
    private readonly double[] _lower = new double[size * size];
    private double[] _weighted = [];

    /// <summary>Sets the matrix to A diag(weights) A^T, of which the lower half is kept.</summary>
    /// <param name="rows">A, [size, width].</param>
    /// <param name="width">Columns of A.</param>
    /// <param name="weights">[width].</param>
    public void SetToWeightedProducts(double[] rows, int width, double[] weights)
    {
        if (_weighted.Length != rows.Length)
        {
            _weighted = new double[rows.Length];
        }
        for (int i = 0; i < size; i++)
        {
            TensorPrimitives.Multiply(rows.AsSpan(i * width, width), weights, _weighted.AsSpan(i * width, width));
        }
        Parallel.For(0, (size + 3) / 4, block =>
        {
            int i = 4 * block;
            int rest = Math.Min(4, size - i);
            for (int j = 0; j < Math.Min(i + 4, size); j++)
            {
                if (rest == 4)
                {
                    FourProducts(_weighted, i * width, width, rows.AsSpan(j * width, width), j);
                }
                else
                {
                    for (int row = i; row < i + rest; row++)
                    {
                        _lower[row * size + j] = TensorPrimitives.Dot<double>(_weighted.AsSpan(row * width, width), rows.AsSpan(j * width, width));
                    }
                }
            }
        });
    }

    /// <summary>Factorises the matrix and solves for one right-hand side.</summary>
    public double[] Solve(double[] right)
    {
        Factorize();
        return Substitute(right);
    }

    public void Factorize()
    {
        double trace = 0;
        for (int i = 0; i < size; i++)
        {
            trace += _lower[i * size + i];
        }
        // What rounding can leave of a pivot.
        double floor = Math.Max(trace / size * 1e-15, double.Epsilon);
        for (int i = 0; i < size; i++)
        {
            Span<double> row = _lower.AsSpan(i * size, i + 1);
            for (int j = 0; j < i; j++)
            {
                row[j] = (row[j] - TensorPrimitives.Dot<double>(row[..j], _lower.AsSpan(j * size, j))) / _lower[j * size + j];
            }
            row[i] = Math.Sqrt(Math.Max(row[i] - TensorPrimitives.SumOfSquares<double>(row[..i]), floor));
        }
    }

    /// <summary>Solves with the factors.</summary>
    public double[] Substitute(double[] right)
    {
        double[] solution = [.. right];
        for (int i = 0; i < size; i++)
        {
            solution[i] = (solution[i] - TensorPrimitives.Dot<double>(_lower.AsSpan(i * size, i), solution.AsSpan(0, i))) / _lower[i * size + i];
        }
        for (int i = size - 1; i >= 0; i--)
        {
            solution[i] /= _lower[i * size + i];
            TensorPrimitives.MultiplyAdd(_lower.AsSpan(i * size, i), -solution[i], solution.AsSpan(0, i), solution.AsSpan(0, i));
        }
        return solution;
    }

    private void FourProducts(double[] left, int start, int width, ReadOnlySpan<double> right, int column)
    {
        ref double a = ref left[start];
        ref double b = ref MemoryMarshal.GetReference(right);
        Vector512<double> s0 = default, s1 = default, s2 = default, s3 = default;
        int k = 0;
        for (; k <= width - Vector512<double>.Count; k += Vector512<double>.Count)
        {
            Vector512<double> x = Vector512.LoadUnsafe(ref b, (nuint)k);
            s0 = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref a, (nuint)k), x, s0);
            s1 = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref a, (nuint)(k + width)), x, s1);
            s2 = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref a, (nuint)(k + 2 * width)), x, s2);
            s3 = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref a, (nuint)(k + 3 * width)), x, s3);
        }
        double t0 = Vector512.Sum(s0), t1 = Vector512.Sum(s1), t2 = Vector512.Sum(s2), t3 = Vector512.Sum(s3);
        for (; k < width; k++)
        {
            double x = Unsafe.Add(ref b, k);
            t0 += Unsafe.Add(ref a, k) * x;
            t1 += Unsafe.Add(ref a, k + width) * x;
            t2 += Unsafe.Add(ref a, k + 2 * width) * x;
            t3 += Unsafe.Add(ref a, k + 3 * width) * x;
        }
        int row = start / width;
        _lower[row * size + column] = t0;
        _lower[(row + 1) * size + column] = t1;
        _lower[(row + 2) * size + column] = t2;
        _lower[(row + 3) * size + column] = t3;
    }
}
