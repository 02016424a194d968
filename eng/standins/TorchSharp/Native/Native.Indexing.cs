using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp.Interop;

/// <summary>Parts of tensors, their shapes, and tensors put together.</summary>
internal static partial class Native
{
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_t(Tensor a);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_transpose(Tensor a, long dim0, long dim1);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_permute(Tensor a, ReadOnlySpan<long> shape, int dims);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_view(Tensor a, ReadOnlySpan<long> shape, int dims);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_reshape(Tensor a, ReadOnlySpan<long> shape, int dims);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_repeat(Tensor a, ReadOnlySpan<long> shape, int dims);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_flip(Tensor a, ReadOnlySpan<long> shape, int dims);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_expand(Tensor a, ReadOnlySpan<long> shape, int dims, [MarshalAs(UnmanagedType.U1)] bool isImplicit);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_flatten(Tensor a, long start, long end);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_squeeze(Tensor a);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_squeeze_dim(Tensor a, long dim);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_unsqueeze(Tensor a, long dim);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_narrow(Tensor a, long dim, long start, long length);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_select(Tensor a, long dim, long index);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_slice(Tensor a, long dim, long start, long end, long step);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_index_select(Tensor a, long dim, Tensor index);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_gather(Tensor a, long dim, Tensor index);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_where(Tensor condition, Tensor x, Tensor y);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_masked_fill(Tensor a, Tensor mask, Scalar value);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_diag(Tensor a, long diagonal);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_cat(ReadOnlySpan<IntPtr> parts, int count, long dim);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_stack(ReadOnlySpan<IntPtr> parts, int count, long dim);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_index(Tensor a, ReadOnlySpan<NativeIndex> indices, int count);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Done tensor_index_put_(Tensor a, ReadOnlySpan<NativeIndex> indices, int count, Tensor value);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Done tensor_index_put_number_(Tensor a, ReadOnlySpan<NativeIndex> indices, int count, Scalar value);
}
