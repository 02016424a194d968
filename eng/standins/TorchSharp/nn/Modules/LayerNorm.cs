using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static LayerNorm LayerNorm(long[] normalized_shape, double eps = 1e-05, bool elementwise_affine = true, bool bias = true, Device? device = null, ScalarType? dtype = null)
                => new(normalized_shape, eps, elementwise_affine, bias, device, dtype);

            public static LayerNorm LayerNorm(long normalized_shape, double eps = 1e-05, bool elementwise_affine = true, bool bias = true, Device? device = null, ScalarType? dtype = null)
                => new([normalized_shape], eps, elementwise_affine, bias, device, dtype);
        }
    }

    namespace Modules
    {
        /// <summary>Normalisation over the last dimensions. Unlike other built-in modules', its parameters outlive the scope it is made in, and reading them gives themselves.</summary>
        public sealed class LayerNorm : nn.Module<Tensor, Tensor>
        {
            private readonly long[] _shape;
            private readonly double _eps;

            internal LayerNorm(long[] shape, double eps, bool affine, bool bias, Device? device, ScalarType? dtype) : base(nameof(LayerNorm))
            {
                _shape = shape;
                _eps = eps;
                if (affine)
                {
                    Replace("weight", Kept(ones(shape, dtype, device)));
                    if (bias)
                    {
                        Replace("bias", Kept(zeros(shape, dtype, device)));
                    }
                }
            }

            public Parameter weight
            {
                get => Find("weight")!;
                set => Set("weight", value ?? throw new ArgumentNullException(nameof(value)));
            }

            public Parameter? bias
            {
                get => Find("bias");
                set => Set("bias", value ?? throw new ArgumentNullException(nameof(value)));
            }

            public override Tensor forward(Tensor input) => nn.functional.layer_norm(input, _shape, Find("weight"), Find("bias"), _eps);

            private static Parameter Kept(Tensor tensor) => (Parameter)Parameter.InPlaceOf(tensor).DetachFromDisposeScope();

            private void Set(string name, Parameter value)
            {
                if (Find(name) is { } before && before != (object)value)
                {
                    before.Dispose();
                }
                value.DetachFromDisposeScope();
                Replace(name, value);
            }
        }
    }
}
