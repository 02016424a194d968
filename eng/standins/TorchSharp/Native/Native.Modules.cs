using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp.Interop;

/// <summary>Layers, losses, initialisation and optimisers.</summary>
internal static partial class Native
{
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor nn_linear(Tensor x, Tensor weight, Tensor? bias);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor nn_conv2d(Tensor x, Tensor weight, Tensor? bias, ReadOnlySpan<long> stride, int strides, ReadOnlySpan<long> padding, int paddings, ReadOnlySpan<long> dilation, int dilations, long groups);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor nn_conv2d_same(Tensor x, Tensor weight, Tensor? bias, ReadOnlySpan<long> stride, int strides, ReadOnlySpan<long> dilation, int dilations, long groups);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor nn_batch_norm(Tensor x, Tensor? weight, Tensor? bias, Tensor? mean, Tensor? variance, Tensor? batches, [MarshalAs(UnmanagedType.U1)] bool training, double momentum, double eps);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor nn_layer_norm(Tensor x, ReadOnlySpan<long> shape, int dims, Tensor? weight, Tensor? bias, double eps);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor nn_max_pool2d(Tensor x, ReadOnlySpan<long> kernel, int kernels, ReadOnlySpan<long> stride, int strides, ReadOnlySpan<long> padding, int paddings, ReadOnlySpan<long> dilation, int dilations, [MarshalAs(UnmanagedType.U1)] bool ceil_mode);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor nn_avg_pool2d(Tensor x, ReadOnlySpan<long> kernel, int kernels, ReadOnlySpan<long> stride, int strides, ReadOnlySpan<long> padding, int paddings, [MarshalAs(UnmanagedType.U1)] bool ceil_mode, [MarshalAs(UnmanagedType.U1)] bool count_include_pad, long divisor);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor nn_adaptive_avg_pool2d(Tensor x, ReadOnlySpan<long> size, int sizes);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor nn_gelu(Tensor x);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor nn_dropout(Tensor x, double p, [MarshalAs(UnmanagedType.U1)] bool training, [MarshalAs(UnmanagedType.U1)] bool in_place);
    [LibraryImport(NativeLibraryLoader.Name, StringMarshalling = StringMarshalling.Utf8)] internal static partial Tensor nn_pad(Tensor x, ReadOnlySpan<long> pad, int count, string mode, double value);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor nn_one_hot(Tensor x, long classes);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor nn_cross_entropy(Tensor x, Tensor target, Tensor? weight, long ignore_index, long reduction, double smoothing);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor nn_nll_loss(Tensor x, Tensor target, Tensor? weight, long reduction);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor nn_mse_loss(Tensor x, Tensor target, long reduction);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Done tensor_normal_(Tensor a, double mean, double deviation, Generator? generator);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Done tensor_uniform_(Tensor a, double low, double high, Generator? generator);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Done tensor_bernoulli_(Tensor a, double p, Generator? generator);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Done init_trunc_normal_(Tensor a, double mean, double deviation, double low, double high);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Done clip_grad_norm_(ReadOnlySpan<IntPtr> parameters, int count, double max_norm, double order, out double norm);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Done optim_sgd(ReadOnlySpan<IntPtr> parameters, Span<IntPtr> buffers, int count, double rate, double momentum, double dampening, double decay, [MarshalAs(UnmanagedType.U1)] bool nesterov, [MarshalAs(UnmanagedType.U1)] bool maximize);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Done optim_adam(ReadOnlySpan<IntPtr> parameters, ReadOnlySpan<IntPtr> means, ReadOnlySpan<IntPtr> squares, ReadOnlySpan<IntPtr> largest, Span<long> steps, int count, double rate, double beta1, double beta2, double eps, double decay, [MarshalAs(UnmanagedType.U1)] bool decoupled, [MarshalAs(UnmanagedType.U1)] bool maximize);
}
