using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>The same elements in another shape.</summary>
    public partial class Tensor
    {
        public Tensor T => permute([.. Enumerable.Range(0, (int)ndim).Reverse().Select(dim => (long)dim)]);

        public Tensor view(params long[] shape) => Native.tensor_view(this, shape, shape.Length);

        public Tensor view_as(Tensor other) => view(other.shape);

        public Tensor reshape(params long[] shape) => Native.tensor_reshape(this, shape, shape.Length);

        public Tensor flatten(long start_dim = 0, long end_dim = -1) => Native.tensor_flatten(this, start_dim, end_dim);

        public Tensor squeeze(long? dim = null) => dim is { } place ? Native.tensor_squeeze_dim(this, place) : Native.tensor_squeeze(this);

        public Tensor unsqueeze(long dim) => Native.tensor_unsqueeze(this, dim);

        public Tensor t() => Native.tensor_t(this);

        public Tensor transpose(long dim0, long dim1) => Native.tensor_transpose(this, dim0, dim1);

        public Tensor permute(params long[] permutation) => Native.tensor_permute(this, permutation, permutation.Length);

        public Tensor permute(IEnumerable<long> permutation) => permute(permutation.ToArray());

        public Tensor expand(ReadOnlySpan<long> sizes, bool isImplicit = false) => Native.tensor_expand(this, sizes, sizes.Length, isImplicit);

        public Tensor expand(long[] sizes, bool isImplicit = false) => expand((ReadOnlySpan<long>)sizes, isImplicit);

        public Tensor expand(params long[] sizes) => expand((ReadOnlySpan<long>)sizes, false);

        public Tensor expand_as(Tensor other) => expand(other.shape);

        public Tensor repeat(params long[] sizes) => Native.tensor_repeat(this, sizes, sizes.Length);

        public Tensor flip(params long[] dims) => Native.tensor_flip(this, dims, dims.Length);

        public Tensor diag(long diagonal = 0) => Native.tensor_diag(this, diagonal);
    }
}
