using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp.Interop;

/// <summary>Reductions and linear algebra.</summary>
internal static partial class Native
{
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_sum(Tensor a, ScalarType type);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_sum_dims(Tensor a, ReadOnlySpan<long> dims, int count, [MarshalAs(UnmanagedType.U1)] bool keepdim, ScalarType type);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_mean_dims(Tensor a, ReadOnlySpan<long> dims, int count, [MarshalAs(UnmanagedType.U1)] bool keepdim, ScalarType type);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_var(Tensor a, [MarshalAs(UnmanagedType.U1)] bool unbiased);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_std(Tensor a, [MarshalAs(UnmanagedType.U1)] bool unbiased);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_var_dims(Tensor a, ReadOnlySpan<long> dims, int count, [MarshalAs(UnmanagedType.U1)] bool unbiased, [MarshalAs(UnmanagedType.U1)] bool keepdim);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_std_dims(Tensor a, ReadOnlySpan<long> dims, int count, [MarshalAs(UnmanagedType.U1)] bool unbiased, [MarshalAs(UnmanagedType.U1)] bool keepdim);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_norm(Tensor a, float p);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_cumsum(Tensor a, long dim, ScalarType type);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_logsumexp(Tensor a, long dim, [MarshalAs(UnmanagedType.U1)] bool keepdim);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_softmax(Tensor a, long dim, ScalarType type);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_log_softmax(Tensor a, long dim, ScalarType type);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_all_dim(Tensor a, long dim, [MarshalAs(UnmanagedType.U1)] bool keepdim);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_any_dim(Tensor a, long dim, [MarshalAs(UnmanagedType.U1)] bool keepdim);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_argmax_dim(Tensor a, long dim, [MarshalAs(UnmanagedType.U1)] bool keepdim);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_argmin_dim(Tensor a, long dim, [MarshalAs(UnmanagedType.U1)] bool keepdim);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Done tensor_max_dim(Tensor a, long dim, [MarshalAs(UnmanagedType.U1)] bool keepdim, out Tensor values, out Tensor indices);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Done tensor_min_dim(Tensor a, long dim, [MarshalAs(UnmanagedType.U1)] bool keepdim, out Tensor values, out Tensor indices);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Done tensor_topk(Tensor a, long k, long dim, [MarshalAs(UnmanagedType.U1)] bool largest, [MarshalAs(UnmanagedType.U1)] bool sorted, out Tensor values, out Tensor indices);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Done tensor_sort(Tensor a, long dim, [MarshalAs(UnmanagedType.U1)] bool descending, [MarshalAs(UnmanagedType.U1)] bool stable, out Tensor values, out Tensor indices);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor linalg_norm(Tensor a, Scalar? order, ReadOnlySpan<long> dims, int count, [MarshalAs(UnmanagedType.U1)] bool keepdim);
    [LibraryImport(NativeLibraryLoader.Name, StringMarshalling = StringMarshalling.Utf8)] internal static partial Tensor linalg_norm_named(Tensor a, string order, ReadOnlySpan<long> dims, int count, [MarshalAs(UnmanagedType.U1)] bool keepdim);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Done linalg_svd(Tensor a, [MarshalAs(UnmanagedType.U1)] bool full, out Tensor u, out Tensor s, out Tensor vh);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor linalg_svdvals(Tensor a);
}
