using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp.Interop;

/// <summary>New tensors.</summary>
internal static partial class Native
{
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_from_data(ReadOnlySpan<byte> data, long bytes, ReadOnlySpan<long> shape, int dims, ScalarType source, ScalarType type, Device? device, [MarshalAs(UnmanagedType.U1)] bool requires_grad);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_empty(ReadOnlySpan<long> shape, int dims, ScalarType type, Device? device, [MarshalAs(UnmanagedType.U1)] bool requires_grad);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_empty_like(Tensor a, ScalarType type, Device? device, [MarshalAs(UnmanagedType.U1)] bool requires_grad);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_zeros(ReadOnlySpan<long> shape, int dims, ScalarType type, Device? device, [MarshalAs(UnmanagedType.U1)] bool requires_grad);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_zeros_like(Tensor a, ScalarType type, Device? device, [MarshalAs(UnmanagedType.U1)] bool requires_grad);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_ones(ReadOnlySpan<long> shape, int dims, ScalarType type, Device? device, [MarshalAs(UnmanagedType.U1)] bool requires_grad);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_ones_like(Tensor a, ScalarType type, Device? device, [MarshalAs(UnmanagedType.U1)] bool requires_grad);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_rand(ReadOnlySpan<long> shape, int dims, ScalarType type, Device? device, [MarshalAs(UnmanagedType.U1)] bool requires_grad, Generator? generator);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_rand_like(Tensor a, ScalarType type, Device? device, [MarshalAs(UnmanagedType.U1)] bool requires_grad);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_randn(ReadOnlySpan<long> shape, int dims, ScalarType type, Device? device, [MarshalAs(UnmanagedType.U1)] bool requires_grad, Generator? generator);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_randn_like(Tensor a, ScalarType type, Device? device, [MarshalAs(UnmanagedType.U1)] bool requires_grad);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_randint(long low, long high, ReadOnlySpan<long> shape, int dims, ScalarType type, Device? device, [MarshalAs(UnmanagedType.U1)] bool requires_grad, Generator? generator);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_randperm(long count, ScalarType type, Device? device, [MarshalAs(UnmanagedType.U1)] bool requires_grad, Generator? generator);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_full(ReadOnlySpan<long> shape, int dims, Scalar value, ScalarType type, Device? device, [MarshalAs(UnmanagedType.U1)] bool requires_grad);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_full_like(Tensor a, Scalar value, ScalarType type, Device? device, [MarshalAs(UnmanagedType.U1)] bool requires_grad);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_arange(Scalar start, Scalar stop, Scalar step, ScalarType type, Device? device, [MarshalAs(UnmanagedType.U1)] bool requires_grad);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_linspace(double start, double end, long steps, ScalarType type, Device? device, [MarshalAs(UnmanagedType.U1)] bool requires_grad);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_eye(long rows, long columns, ScalarType type, Device? device, [MarshalAs(UnmanagedType.U1)] bool requires_grad);
}
