using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Linear maps, convolutions and normalisation.</summary>
        public static partial class functional
        {
            public static Tensor linear(Tensor input, Tensor weights, Tensor? bias = null) => Native.nn_linear(input, weights, bias);

            public static Tensor conv2d(Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, long[]? padding = null,
                long[]? dilation = null, long groups = 1)
            {
                strides ??= [1];
                padding ??= [0];
                dilation ??= [1];
                return Native.nn_conv2d(input, weight, bias, strides, strides.Length, padding, padding.Length, dilation, dilation.Length, groups);
            }

            public static Tensor batch_norm(Tensor input, Tensor running_mean, Tensor running_var, Tensor? weight = null, Tensor? bias = null,
                bool training = false, double momentum = 0.1, double eps = 1e-5)
                => Native.nn_batch_norm(input, weight, bias, running_mean, running_var, null, training, momentum, eps);

            public static Tensor layer_norm(Tensor input, long[] normalized_shape, Tensor? weight = null, Tensor? bias = null, double eps = 1e-5)
                => Native.nn_layer_norm(input, normalized_shape, normalized_shape.Length, weight, bias, eps);

            public static Tensor one_hot(Tensor x, long num_classes = -1)
                => x.dtype == ScalarType.Int64
                    ? Native.nn_one_hot(x, num_classes)
                    : throw new ArgumentException("OneHot input tensor must have elements of type Int64");

            public static Tensor pad(Tensor input, ReadOnlySpan<long> pad, PaddingModes mode = PaddingModes.Constant, double value = 0)
                => Native.nn_pad(input, pad, pad.Length, NativeName(mode), value);

            public static Tensor pad(Tensor input, long[] pad, PaddingModes mode = PaddingModes.Constant, double value = 0)
                => functional.pad(input, (ReadOnlySpan<long>)pad, mode, value);

            public static Tensor pad(Tensor input, (long, long) pad, PaddingModes mode = PaddingModes.Constant, double value = 0)
                => functional.pad(input, [pad.Item1, pad.Item2], mode, value);

            public static Tensor pad(Tensor input, (long, long, long, long) pad, PaddingModes mode = PaddingModes.Constant, double value = 0)
                => functional.pad(input, [pad.Item1, pad.Item2, pad.Item3, pad.Item4], mode, value);

            public static Tensor pad(Tensor input, long pad, PaddingModes mode = PaddingModes.Constant, double value = 0)
                => functional.pad(input, [.. Enumerable.Repeat(pad, 2 * (int)input.ndim)], mode, value);

            private static string NativeName(PaddingModes mode) => mode switch
            {
                PaddingModes.Reflect => "reflect",
                PaddingModes.Replicate => "replicate",
                PaddingModes.Circular => "circular",
                _ => "constant",
            };
        }
    }
}
