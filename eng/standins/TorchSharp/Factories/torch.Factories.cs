using System.Runtime.InteropServices;
using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static Tensor from_array(Array rawArray, Device? device = null) => from_array(rawArray, null, device ?? CPU);

    public static Tensor from_array(Array rawArray, ScalarType? dtype, Device? device = null, bool requires_grad = false)
        => FromArray(rawArray, dtype, device, requires_grad);

    public static Tensor arange(Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
        => arange(0, stop, 1, dtype, device, requires_grad);

    public static Tensor arange(Scalar start, Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
        => arange(start, stop, 1, dtype, device, requires_grad);

    public static Tensor arange(Scalar start, Scalar stop, Scalar step, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        bool integers = start.Type.IsIntegral() && stop.Type.IsIntegral() && step.Type.IsIntegral();
        ScalarType type = dtype ?? (integers ? ScalarType.Int64 : s_defaultType);
        return Native.tensor_arange(start, stop, step, type, InitializeDevice(device), requires_grad);
    }

    public static Tensor linspace(double start, double end, long steps, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
        => Native.tensor_linspace(start, end, steps, dtype ?? s_defaultType, InitializeDevice(device), requires_grad);

    public static Tensor eye(long rows, long columns = -1L, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
        => Native.tensor_eye(rows, columns == -1 ? rows : columns, dtype ?? s_defaultType, InitializeDevice(device), requires_grad);

    public static Tensor randint(long high, long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null)
        => randint(0, high, size, dtype, device, requires_grad, generator);

    public static Tensor randint(long low, long high, long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null)
        => Native.tensor_randint(low, high, size, size.Length, dtype ?? ScalarType.Int64, InitializeDevice(device), requires_grad, generator);

    public static Tensor randperm(long n, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null)
        => Native.tensor_randperm(n, dtype ?? ScalarType.Int64, InitializeDevice(device), requires_grad, generator);

    private static Tensor FromSpan<T>(ReadOnlySpan<T> values, ReadOnlySpan<long> shape, ScalarType? dtype, Device? device, bool requires_grad)
        where T : unmanaged
    {
        long count = 1;
        foreach (long size in shape)
        {
            count *= size;
        }
        if (count > values.Length)
        {
            throw new ArgumentException($"mismatched total size creating a tensor from an array: {count} vs. {values.Length}");
        }
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(values[..(int)count]);
        return FromBytes(bytes, shape, ToScalarType(typeof(T)), dtype, device, requires_grad);
    }

    private static Tensor FromArray(Array values, ScalarType? dtype, Device? device, bool requires_grad)
    {
        ScalarType type = ToScalarType(values.GetType().GetElementType()!);
        long[] shape = [.. Enumerable.Range(0, values.Rank).Select(values.GetLongLength)];
        ref byte start = ref MemoryMarshal.GetArrayDataReference(values);
        return FromBytes(MemoryMarshal.CreateReadOnlySpan(ref start, values.Length * type.ElementSize()), shape, type, dtype, device, requires_grad);
    }

    private static Tensor FromBytes(ReadOnlySpan<byte> bytes, ReadOnlySpan<long> shape, ScalarType source, ScalarType? dtype, Device? device, bool requires_grad)
        => Native.tensor_from_data(bytes, bytes.Length, shape, shape.Length, source, dtype ?? source, InitializeDevice(device), requires_grad);
}
