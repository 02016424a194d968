using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Linear Linear(long inputSize, long outputSize, bool hasBias = true, Device? device = null, ScalarType? dtype = null)
                => new(inputSize, outputSize, hasBias, device, dtype);
        }
    }

    namespace Modules
    {
        /// <summary>x W^T + b.</summary>
        public sealed class Linear : Weighted
        {
            internal Linear(long inputs, long outputs, bool bias, Device? device, ScalarType? dtype) : base(nameof(Linear))
            {
                nn.init.kaiming_uniform_(Add("weight", [outputs, inputs], device, dtype), Math.Sqrt(5));
                if (bias)
                {
                    double bound = 1 / Math.Sqrt(inputs);
                    nn.init.uniform_(Add("bias", [outputs], device, dtype), -bound, bound);
                }
            }

            public override Tensor forward(Tensor input) => nn.functional.linear(input, Weight!, Bias);
        }
    }
}
