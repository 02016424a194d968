using TorchSharp.Interop;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Tools for training.</summary>
        public static partial class utils
        {
            /// <summary>Scales the gradients down to a norm of at most max_norm, all taken together; the norm before.</summary>
            public static double clip_grad_norm_(IEnumerable<Parameter> tensors, double max_norm, double norm_type = 2.0)
            {
                Parameter[] parameters = [.. tensors];
                Native.clip_grad_norm_(HandlesOf(parameters), parameters.Length, max_norm, norm_type, out double norm);
                GC.KeepAlive(parameters);
                return norm;
            }
        }
    }
}
