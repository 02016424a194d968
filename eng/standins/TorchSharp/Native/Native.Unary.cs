using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp.Interop;

/// <summary>Functions of one tensor.</summary>
internal static partial class Native
{
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_abs(Tensor a);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_neg(Tensor a);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_exp(Tensor a);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_log(Tensor a);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_sqrt(Tensor a);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_rsqrt(Tensor a);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_reciprocal(Tensor a);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_sigmoid(Tensor a);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_tanh(Tensor a);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_relu(Tensor a);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_floor(Tensor a);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_ceil(Tensor a);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_sin(Tensor a);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_cos(Tensor a);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_sign(Tensor a);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_erf(Tensor a);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_log1p(Tensor a);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_log2(Tensor a);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_bitwise_not(Tensor a);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_logical_not(Tensor a);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_round(Tensor a);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_isnan(Tensor a);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_isinf(Tensor a);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_isfinite(Tensor a);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_clone(Tensor a);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_detach(Tensor a);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_contiguous(Tensor a);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_all(Tensor a);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_any(Tensor a);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_max(Tensor a);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_min(Tensor a);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_argmax(Tensor a);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_argmin(Tensor a);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_mean(Tensor a);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_median(Tensor a);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_det(Tensor a);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Tensor tensor_trace(Tensor a);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Done tensor_abs_(Tensor a);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Done tensor_neg_(Tensor a);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Done tensor_exp_(Tensor a);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Done tensor_log_(Tensor a);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Done tensor_sqrt_(Tensor a);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Done tensor_rsqrt_(Tensor a);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Done tensor_reciprocal_(Tensor a);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Done tensor_sigmoid_(Tensor a);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Done tensor_tanh_(Tensor a);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Done tensor_relu_(Tensor a);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Done tensor_floor_(Tensor a);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Done tensor_ceil_(Tensor a);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Done tensor_sin_(Tensor a);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Done tensor_cos_(Tensor a);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Done tensor_sign_(Tensor a);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Done tensor_erf_(Tensor a);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Done tensor_log1p_(Tensor a);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Done tensor_log2_(Tensor a);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Done tensor_bitwise_not_(Tensor a);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Done tensor_logical_not_(Tensor a);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Done tensor_round_(Tensor a);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Done tensor_zero_(Tensor a);
}
