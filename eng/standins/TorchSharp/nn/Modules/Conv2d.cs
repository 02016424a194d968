using TorchSharp.Interop;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Conv2d Conv2d(long in_channels, long out_channels, long kernelSize, long stride = 1, long padding = 0, long dilation = 1,
                PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null)
                => Conv2d(in_channels, out_channels, (kernelSize, kernelSize), (stride, stride), (padding, padding), (dilation, dilation), padding_mode, groups, bias, device, dtype);

            public static Conv2d Conv2d(long in_channels, long out_channels, (long, long) kernelSize, (long, long)? stride = null, (long, long)? padding = null,
                (long, long)? dilation = null, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null)
                => new(in_channels, out_channels, kernelSize, stride ?? (1, 1), padding ?? (0, 0), dilation ?? (1, 1), padding_mode, groups, bias, device, dtype);

            public static Conv2d Conv2d(long in_channels, long out_channels, long kernelSize, Padding padding, long stride = 1, long dilation = 1,
                PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null)
                => Conv2d(in_channels, out_channels, (kernelSize, kernelSize), padding, (stride, stride), (dilation, dilation), padding_mode, groups, bias, device, dtype);

            public static Conv2d Conv2d(long in_channels, long out_channels, (long, long) kernelSize, Padding padding, (long, long)? stride = null,
                (long, long)? dilation = null, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null)
                => new(in_channels, out_channels, kernelSize, stride ?? (1, 1), padding == Padding.Same ? null : (0, 0), dilation ?? (1, 1), padding_mode, groups, bias, device, dtype);
        }
    }

    namespace Modules
    {
        /// <summary>A two-dimensional convolution of [n, channels, height, width].</summary>
        public sealed class Conv2d : Weighted
        {
            private readonly long _inputChannels;
            private readonly long[] _stride;
            private readonly long[]? _padding;
            private readonly long[] _dilation;
            private readonly PaddingModes _paddingMode;
            private readonly long _groups;

            /// <param name="padding">Null for as much as keeps the size.</param>
            internal Conv2d(long inputChannels, long outputChannels, (long, long) kernel, (long, long) stride, (long, long)? padding, (long, long) dilation,
                PaddingModes paddingMode, long groups, bool bias, Device? device, ScalarType? dtype) : base(nameof(Conv2d))
            {
                if (paddingMode != PaddingModes.Zeros && padding is null)
                {
                    throw new NotSupportedException($"Padding.Same with PaddingModes.{paddingMode} is beyond this stand-in; give the padding in pixels.");
                }
                _inputChannels = inputChannels;
                _stride = nn.functional.Pair(stride);
                _padding = padding is { } given ? nn.functional.Pair(given) : null;
                _dilation = nn.functional.Pair(dilation);
                _paddingMode = paddingMode;
                _groups = groups;
                Parameter weight = Add("weight", [outputChannels, inputChannels / groups, kernel.Item1, kernel.Item2], device, dtype);
                nn.init.kaiming_uniform_(weight, Math.Sqrt(5));
                if (bias)
                {
                    double bound = 1 / Math.Sqrt(nn.init.CalculateFanInAndFanOut(weight).fanIn);
                    nn.init.uniform_(Add("bias", [outputChannels], device, dtype), -bound, bound);
                }
            }

            public override Tensor forward(Tensor input)
            {
                long dimensions = input.Dimensions;
                if (dimensions is not (3 or 4) || input.size((int)dimensions - 3) != _inputChannels)
                {
                    throw new ArgumentException($"Expected 3D (unbatched) or 4D (batched) input with {_inputChannels} channels to Conv2d.");
                }
                if (_padding is null)
                {
                    return Native.nn_conv2d_same(input, Weight!, Bias, _stride, _stride.Length, _dilation, _dilation.Length, _groups);
                }
                if (_paddingMode == PaddingModes.Zeros)
                {
                    return nn.functional.conv2d(input, Weight!, Bias, _stride, _padding, _dilation, _groups);
                }
                using Tensor padded = nn.functional.pad(input, [_padding[1], _padding[1], _padding[0], _padding[0]], _paddingMode);
                return nn.functional.conv2d(padded, Weight!, Bias, _stride, [0, 0], _dilation, _groups);
            }
        }
    }
}
