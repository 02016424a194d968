using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Linear algebra.</summary>
    public static class linalg
    {
        public static Tensor norm(Tensor input, string ord, long[]? dims = null, bool keepdim = false)
            => Native.linalg_norm_named(input, ord, dims, dims?.Length ?? 0, keepdim);

        public static Tensor norm(Tensor input, double ord, long[]? dims = null, bool keepdim = false)
            => Native.linalg_norm(input, ord, dims, dims?.Length ?? 0, keepdim);

        public static Tensor norm(Tensor input, int ord, long[]? dims = null, bool keepdim = false)
            => Native.linalg_norm(input, ord, dims, dims?.Length ?? 0, keepdim);

        public static Tensor norm(Tensor input, long[]? dims = null, bool keepdim = false)
            => Native.linalg_norm(input, null, dims, dims?.Length ?? 0, keepdim);

        public static (Tensor U, Tensor S, Tensor Vh) svd(Tensor input, bool fullMatrices = true)
        {
            Native.linalg_svd(input, fullMatrices, out Tensor u, out Tensor s, out Tensor vh);
            return (u, s, vh);
        }

        public static Tensor svdvals(Tensor input) => Native.linalg_svdvals(input);
    }
}
