using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Functions of each element.</summary>
    public partial class Tensor
    {
        public Tensor abs() => Native.tensor_abs(this);

        public Tensor abs_()
        {
            Native.tensor_abs_(this);
            return this;
        }

        public Tensor neg() => Native.tensor_neg(this);

        public Tensor neg_()
        {
            Native.tensor_neg_(this);
            return this;
        }

        public Tensor exp() => Native.tensor_exp(this);

        public Tensor exp_()
        {
            Native.tensor_exp_(this);
            return this;
        }

        public Tensor log() => Native.tensor_log(this);

        public Tensor log_()
        {
            Native.tensor_log_(this);
            return this;
        }

        public Tensor sqrt() => Native.tensor_sqrt(this);

        public Tensor sqrt_()
        {
            Native.tensor_sqrt_(this);
            return this;
        }

        public Tensor rsqrt() => Native.tensor_rsqrt(this);

        public Tensor rsqrt_()
        {
            Native.tensor_rsqrt_(this);
            return this;
        }

        public Tensor reciprocal() => Native.tensor_reciprocal(this);

        public Tensor reciprocal_()
        {
            Native.tensor_reciprocal_(this);
            return this;
        }

        public Tensor sigmoid() => Native.tensor_sigmoid(this);

        public Tensor sigmoid_()
        {
            Native.tensor_sigmoid_(this);
            return this;
        }

        public Tensor tanh() => Native.tensor_tanh(this);

        public Tensor tanh_()
        {
            Native.tensor_tanh_(this);
            return this;
        }

        public Tensor relu() => Native.tensor_relu(this);

        public Tensor relu_()
        {
            Native.tensor_relu_(this);
            return this;
        }

        public Tensor floor() => Native.tensor_floor(this);

        public Tensor floor_()
        {
            Native.tensor_floor_(this);
            return this;
        }

        public Tensor ceil() => Native.tensor_ceil(this);

        public Tensor ceil_()
        {
            Native.tensor_ceil_(this);
            return this;
        }

        public Tensor sin() => Native.tensor_sin(this);

        public Tensor sin_()
        {
            Native.tensor_sin_(this);
            return this;
        }

        public Tensor cos() => Native.tensor_cos(this);

        public Tensor cos_()
        {
            Native.tensor_cos_(this);
            return this;
        }

        public Tensor sign() => Native.tensor_sign(this);

        public Tensor sign_()
        {
            Native.tensor_sign_(this);
            return this;
        }

        public Tensor erf() => Native.tensor_erf(this);

        public Tensor erf_()
        {
            Native.tensor_erf_(this);
            return this;
        }

        public Tensor log1p() => Native.tensor_log1p(this);

        public Tensor log1p_()
        {
            Native.tensor_log1p_(this);
            return this;
        }

        public Tensor log2() => Native.tensor_log2(this);

        public Tensor log2_()
        {
            Native.tensor_log2_(this);
            return this;
        }

        public Tensor bitwise_not() => Native.tensor_bitwise_not(this);

        public Tensor bitwise_not_()
        {
            Native.tensor_bitwise_not_(this);
            return this;
        }

        public Tensor logical_not() => Native.tensor_logical_not(this);

        public Tensor logical_not_()
        {
            Native.tensor_logical_not_(this);
            return this;
        }

        public Tensor negative() => neg();

        public Tensor square() => pow(2);

        public Tensor gelu() => Native.nn_gelu(this);

        public Tensor isnan() => Native.tensor_isnan(this);

        public Tensor isinf() => Native.tensor_isinf(this);

        public Tensor isfinite() => Native.tensor_isfinite(this);

        public Tensor det() => Native.tensor_det(this);

        public Tensor trace() => Native.tensor_trace(this);

        public Tensor zero_()
        {
            Native.tensor_zero_(this);
            return this;
        }
    }
}
