using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Pooling.</summary>
        public static partial class functional
        {
            public static Tensor max_pool2d(Tensor input, long[] kernelSize, long[]? strides = null, long[]? padding = null, long[]? dilation = null, bool ceil_mode = false)
            {
                strides ??= kernelSize;
                padding ??= [0];
                dilation ??= [1];
                return Native.nn_max_pool2d(input, kernelSize, kernelSize.Length, strides, strides.Length, padding, padding.Length, dilation, dilation.Length, ceil_mode);
            }

            public static Tensor max_pool2d(Tensor input, long kernelSize, long? stride = null, long? padding = null, long? dilation = null, bool ceil_mode = false)
                => max_pool2d(input, [kernelSize], [stride ?? kernelSize], [padding ?? 0], [dilation ?? 1], ceil_mode);

            public static Tensor max_pool2d(Tensor input, (long, long) kernelSize, (long, long)? stride = null, (long, long)? padding = null,
                (long, long)? dilation = null, bool ceil_mode = false)
                => max_pool2d(input, Pair(kernelSize), Pair(stride ?? kernelSize), Pair(padding ?? (0, 0)), Pair(dilation ?? (1, 1)), ceil_mode);

            public static Tensor avg_pool2d(Tensor input, long[] kernelSizes, long[]? strides = null, long[]? paddings = null, bool ceil_mode = false, bool count_include_pad = true)
                => avg_pool2d(input, kernelSizes, strides ?? [1], paddings ?? [0], ceil_mode, count_include_pad, null);

            public static Tensor avg_pool2d(Tensor input, long kernelSize, long? stride = null, long padding = 0, bool ceil_mode = false, bool count_include_pad = true)
                => avg_pool2d(input, [kernelSize], [stride ?? kernelSize], [padding], ceil_mode, count_include_pad, null);

            public static Tensor avg_pool2d(Tensor input, (long, long) kernelSize, (long, long)? stride = null, (long, long)? padding = null,
                bool ceil_mode = false, bool count_include_pad = true)
                => avg_pool2d(input, Pair(kernelSize), Pair(stride ?? kernelSize), Pair(padding ?? (0, 0)), ceil_mode, count_include_pad, null);

            public static Tensor adaptive_avg_pool2d(Tensor input, long[] output_size) => Native.nn_adaptive_avg_pool2d(input, output_size, output_size.Length);

            public static Tensor adaptive_avg_pool2d(Tensor input, (long, long) output_size) => adaptive_avg_pool2d(input, Pair(output_size));

            public static Tensor adaptive_avg_pool2d(Tensor input, long output_size) => adaptive_avg_pool2d(input, [output_size, output_size]);

            internal static Tensor avg_pool2d(Tensor input, long[] kernel, long[] stride, long[] padding, bool ceilMode, bool countIncludePad, long? divisor)
                => Native.nn_avg_pool2d(input, kernel, kernel.Length, stride, stride.Length, padding, padding.Length, ceilMode, countIncludePad, divisor ?? 0);

            internal static long[] Pair((long, long) values) => [values.Item1, values.Item2];
        }
    }
}
