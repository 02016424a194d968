using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp.Interop;

/// <summary>A tensor's properties, data, gradient and conversions.</summary>
internal static partial class Native
{
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial void tensor_free(IntPtr a);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_alias(Tensor a);
    [LibraryImport(NativeLibraryLoader.Name, EntryPoint = "tensor_alias")] internal static partial IntPtr tensor_alias_handle(Tensor a);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial long tensor_dim(Tensor a);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial long tensor_numel(Tensor a);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial long tensor_element_size(Tensor a);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial ScalarType tensor_type(Tensor a);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial DeviceType tensor_device_type(Tensor a);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial int tensor_device_index(Tensor a);
    [LibraryImport(NativeLibraryLoader.Name)] [return: MarshalAs(UnmanagedType.U1)] internal static partial bool tensor_is_contiguous(Tensor a);
    [LibraryImport(NativeLibraryLoader.Name)] [return: MarshalAs(UnmanagedType.U1)] internal static partial bool tensor_is_leaf(Tensor a);
    [LibraryImport(NativeLibraryLoader.Name)] [return: MarshalAs(UnmanagedType.U1)] internal static partial bool tensor_requires_grad(Tensor a);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial void tensor_sizes(Tensor a, Span<long> sizes);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial void tensor_strides(Tensor a, Span<long> strides);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Done tensor_size(Tensor a, long dim, out long size);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Done tensor_data(Tensor a, out IntPtr data);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Done tensor_item(Tensor a, out NativeNumber value);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Done tensor_allclose(Tensor a, Tensor b, double rtol, double atol, [MarshalAs(UnmanagedType.U1)] bool equal_nan, [MarshalAs(UnmanagedType.U1)] out bool result);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Done tensor_same(Tensor a, Tensor b, [MarshalAs(UnmanagedType.U1)] out bool result);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Done tensor_set_requires_grad(Tensor a, [MarshalAs(UnmanagedType.U1)] bool value);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Done tensor_retain_grad(Tensor a);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Done tensor_backward(Tensor a);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor? tensor_grad(Tensor a);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Done tensor_set_grad(Tensor a, Tensor? grad);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Done zero_grads(ReadOnlySpan<IntPtr> parameters, int count);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_to(Tensor a, ScalarType type, Device? device, [MarshalAs(UnmanagedType.U1)] bool copy, [MarshalAs(UnmanagedType.U1)] bool non_blocking);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Done tensor_copy_(Tensor a, Tensor source, [MarshalAs(UnmanagedType.U1)] bool non_blocking);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Done tensor_set_(Tensor a, Tensor source);
}
