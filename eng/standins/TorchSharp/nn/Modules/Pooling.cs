using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static MaxPool2d MaxPool2d(long kernelSize, long? stride = null, long? padding = null, long? dilation = null, bool ceilMode = false)
                => new([kernelSize], [stride ?? kernelSize], [padding ?? 0], [dilation ?? 1], ceilMode);

            public static MaxPool2d MaxPool2d((long, long) kernelSize, (long, long)? stride = null, (long, long)? padding = null, (long, long)? dilation = null, bool ceilMode = false)
                => new(functional.Pair(kernelSize), functional.Pair(stride ?? kernelSize), functional.Pair(padding ?? (0, 0)), functional.Pair(dilation ?? (1, 1)), ceilMode);

            public static MaxPool2d MaxPool2d(long[] kernelSize, long[]? strides = null, long[]? padding = null, long[]? dilation = null, bool ceilMode = false)
                => new(kernelSize, strides ?? kernelSize, padding ?? [0], dilation ?? [1], ceilMode);

            public static AvgPool2d AvgPool2d(long[] kernel_size, long[]? strides = null, long[]? padding = null, bool ceil_mode = false, bool count_include_pad = true, long? divisor_override = null)
                => new(kernel_size, strides ?? kernel_size, padding ?? [0], ceil_mode, count_include_pad, divisor_override);

            public static AvgPool2d AvgPool2d((long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null, bool ceil_mode = false, bool count_include_pad = true, long? divisor_override = null)
                => new(functional.Pair(kernel_size), functional.Pair(stride ?? kernel_size), functional.Pair(padding ?? (0, 0)), ceil_mode, count_include_pad, divisor_override);

            public static AvgPool2d AvgPool2d(long kernel_size, long? stride = null, long? padding = null, bool ceil_mode = false, bool count_include_pad = true, long? divisor_override = null)
                => new([kernel_size], [stride ?? kernel_size], [padding ?? 0], ceil_mode, count_include_pad, divisor_override);

            public static AdaptiveAvgPool2d AdaptiveAvgPool2d(long[] outputSize) => new(outputSize);

            public static AdaptiveAvgPool2d AdaptiveAvgPool2d((long, long) outputSize) => new(functional.Pair(outputSize));

            public static AdaptiveAvgPool2d AdaptiveAvgPool2d(long outputSize) => new([outputSize, outputSize]);
        }
    }

    namespace Modules
    {
        /// <summary>The largest value of each window.</summary>
        public sealed class MaxPool2d : Stateless
        {
            private readonly long[] _kernel;
            private readonly long[] _stride;
            private readonly long[] _padding;
            private readonly long[] _dilation;
            private readonly bool _ceilMode;

            internal MaxPool2d(long[] kernel, long[] stride, long[] padding, long[] dilation, bool ceilMode) : base("torch::nn::MaxPool2dImpl")
            {
                _kernel = kernel;
                _stride = stride;
                _padding = padding;
                _dilation = dilation;
                _ceilMode = ceilMode;
            }

            public override Tensor forward(Tensor input) => nn.functional.max_pool2d(input, _kernel, _stride, _padding, _dilation, _ceilMode);
        }

        /// <summary>The mean of each window.</summary>
        public sealed class AvgPool2d : Stateless
        {
            private readonly long[] _kernel;
            private readonly long[] _stride;
            private readonly long[] _padding;
            private readonly bool _ceilMode;
            private readonly bool _countIncludePad;
            private readonly long? _divisor;

            internal AvgPool2d(long[] kernel, long[] stride, long[] padding, bool ceilMode, bool countIncludePad, long? divisor) : base("torch::nn::AvgPool2dImpl")
            {
                _kernel = kernel;
                _stride = stride;
                _padding = padding;
                _ceilMode = ceilMode;
                _countIncludePad = countIncludePad;
                _divisor = divisor;
            }

            public override Tensor forward(Tensor input) => nn.functional.avg_pool2d(input, _kernel, _stride, _padding, _ceilMode, _countIncludePad, _divisor);
        }

        /// <summary>The means of as many windows as the output has places.</summary>
        public sealed class AdaptiveAvgPool2d : Stateless
        {
            private readonly long[] _size;

            internal AdaptiveAvgPool2d(long[] size) : base("torch::nn::AdaptiveAvgPool2dImpl") => _size = size;

            public override Tensor forward(Tensor input) => nn.functional.adaptive_avg_pool2d(input, _size);
        }
    }
}
