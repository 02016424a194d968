using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Layers as functions.</summary>
        public static partial class functional
        {
            public static Tensor relu(Tensor x, bool inplace = false) => inplace ? x.relu_().alias() : x.relu();

            public static Tensor gelu(Tensor x) => Native.nn_gelu(x);

            public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) => Native.tensor_softmax(input, dim, dtype.OrAny());

            public static Tensor log_softmax(Tensor x, long dim) => Native.tensor_log_softmax(x, dim, (ScalarType)(-1));

            public static Tensor dropout(Tensor input, double p = 0.5, bool training = true, bool inplace = false)
                => Native.nn_dropout(input, p, training, inplace);
        }
    }
}
