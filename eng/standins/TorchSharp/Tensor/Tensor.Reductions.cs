using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Many elements into one.</summary>
    public partial class Tensor
    {
        public Tensor all() => Native.tensor_all(this);

        public Tensor all(long dim, bool keepdim = false) => Native.tensor_all_dim(this, dim, keepdim);

        public Tensor any() => Native.tensor_any(this);

        public Tensor any(long dim, bool keepdim = false) => Native.tensor_any_dim(this, dim, keepdim);

        public Tensor argmax() => Native.tensor_argmax(this);

        public Tensor argmax(long dim, bool keepdim = false) => Native.tensor_argmax_dim(this, dim, keepdim);

        public Tensor argmin() => Native.tensor_argmin(this);

        public Tensor argmin(long dim, bool keepdim = false) => Native.tensor_argmin_dim(this, dim, keepdim);

        public Tensor max() => Native.tensor_max(this);

        public Tensor max(Tensor other) => maximum(other);

        public (Tensor values, Tensor indexes) max(long dim, bool keepdim = false)
        {
            Native.tensor_max_dim(this, dim, keepdim, out Tensor values, out Tensor indices);
            return (values, indices);
        }

        public Tensor min() => Native.tensor_min(this);

        public Tensor min(Tensor other) => minimum(other);

        public (Tensor values, Tensor indexes) min(long dim, bool keepdim = false)
        {
            Native.tensor_min_dim(this, dim, keepdim, out Tensor values, out Tensor indices);
            return (values, indices);
        }

        public (Tensor values, Tensor indexes) topk(int k, int dim = -1, bool largest = true, bool sorted = true)
        {
            Native.tensor_topk(this, k, dim, largest, sorted, out Tensor values, out Tensor indices);
            return (values, indices);
        }

        public (Tensor Values, Tensor Indices) sort(long dim = -1, bool descending = false, bool stable = false)
        {
            Native.tensor_sort(this, dim, descending, stable, out Tensor values, out Tensor indices);
            return (values, indices);
        }

        public Tensor mean() => Native.tensor_mean(this);

        public Tensor mean(long[] dimensions, bool keepdim = false, ScalarType? type = null)
            => Native.tensor_mean_dims(this, dimensions, dimensions.Length, keepdim, type.OrAny());

        public Tensor median() => Native.tensor_median(this);

        public Tensor sum(ScalarType? type = null) => Native.tensor_sum(this, type.OrAny());

        public Tensor sum(long[] dim, bool keepdim = false, ScalarType? type = null) => sum((ReadOnlySpan<long>)dim, keepdim, type);

        public Tensor sum(ReadOnlySpan<long> dim, bool keepdim = false, ScalarType? type = null)
            => Native.tensor_sum_dims(this, dim, dim.Length, keepdim, type.OrAny());

        public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) => sum([dim], keepdim, type);

        public Tensor sum(long dim0, long dim1, bool keepdim = false, ScalarType? type = null) => sum([dim0, dim1], keepdim, type);

        public Tensor sum(long dim0, long dim1, long dim2, bool keepdim = false, ScalarType? type = null) => sum([dim0, dim1, dim2], keepdim, type);

        public Tensor std(bool unbiased = true) => Native.tensor_std(this, unbiased);

        public Tensor std(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
            => Native.tensor_std_dims(this, dimensions, dimensions.Length, unbiased, keepdim);

        public Tensor std(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
            => std((ReadOnlySpan<long>)dimensions, unbiased, keepdim, type);

        public Tensor std(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => std([dim], unbiased, keepdim, type);

        public Tensor var(bool unbiased = true) => Native.tensor_var(this, unbiased);

        public Tensor var(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
            => Native.tensor_var_dims(this, dimensions, dimensions.Length, unbiased, keepdim);

        public Tensor var(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
            => var((ReadOnlySpan<long>)dimensions, unbiased, keepdim, type);

        public Tensor var(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => var([dim], unbiased, keepdim, type);

        public Tensor norm(float p = 2.0f) => Native.tensor_norm(this, p);

        public Tensor cumsum(long dim, ScalarType? type = null) => Native.tensor_cumsum(this, dim, type.OrAny());

        public Tensor logsumexp(long dim, bool keepdim = false) => Native.tensor_logsumexp(this, dim, keepdim);

        public Tensor softmax(long dim, ScalarType? dtype = null) => Native.tensor_softmax(this, dim, dtype.OrAny());

        public Tensor log_softmax(long dim, ScalarType? dtype = null) => Native.tensor_log_softmax(this, dim, dtype.OrAny());
    }
}
