using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Arithmetic with tensors and numbers.</summary>
    public partial class Tensor
    {
        public Tensor add(Tensor target) => Native.tensor_add(this, target, 1);

        public Tensor add(Tensor target, Scalar alpha) => Native.tensor_add(this, target, alpha);

        public Tensor add(Scalar scalar) => Native.tensor_add_number(this, scalar, 1);

        public Tensor add(Scalar scalar, Scalar alpha) => Native.tensor_add_number(this, scalar, alpha);

        public Tensor add_(Tensor target)
        {
            Native.tensor_add_(this, target, 1);
            return this;
        }

        public Tensor add_(Tensor target, Scalar alpha)
        {
            Native.tensor_add_(this, target, alpha);
            return this;
        }

        public Tensor add_(Scalar scalar)
        {
            Native.tensor_add_number_(this, scalar, 1);
            return this;
        }

        public Tensor add_(Scalar scalar, Scalar alpha)
        {
            Native.tensor_add_number_(this, scalar, alpha);
            return this;
        }

        public Tensor sub(Tensor target) => Native.tensor_sub(this, target, 1);

        public Tensor sub(Scalar target) => Native.tensor_sub_number(this, target, 1);

        public Tensor sub_(Tensor target)
        {
            Native.tensor_sub_(this, target, 1);
            return this;
        }

        public Tensor sub_(Scalar target)
        {
            Native.tensor_sub_number_(this, target, 1);
            return this;
        }

        public Tensor mul(Tensor target) => Native.tensor_mul(this, target);

        public Tensor mul(Scalar target) => Native.tensor_mul_number(this, target);

        public Tensor mul_(Tensor target)
        {
            Native.tensor_mul_(this, target);
            return this;
        }

        public Tensor mul_(Scalar target)
        {
            Native.tensor_mul_number_(this, target);
            return this;
        }

        public Tensor pow(Tensor exponent) => Native.tensor_pow(this, exponent);

        public Tensor pow(Scalar exponent) => Native.tensor_pow_number(this, exponent);

        public Tensor pow_(Tensor exponent)
        {
            Native.tensor_pow_(this, exponent);
            return this;
        }

        public Tensor pow_(Scalar exponent)
        {
            Native.tensor_pow_number_(this, exponent);
            return this;
        }

        public Tensor remainder(Tensor target) => Native.tensor_remainder(this, target);

        public Tensor remainder(Scalar scalar) => Native.tensor_remainder_number(this, scalar);

        public Tensor remainder_(Tensor target)
        {
            Native.tensor_remainder_(this, target);
            return this;
        }

        public Tensor remainder_(Scalar scalar)
        {
            Native.tensor_remainder_number_(this, scalar);
            return this;
        }

        public Tensor div(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => Native.tensor_div(this, target, rounding_mode);

        public Tensor div(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => Native.tensor_div_number(this, target, rounding_mode);

        public Tensor div_(Tensor target, RoundingMode rounding_mode = RoundingMode.None)
        {
            Native.tensor_div_(this, target, rounding_mode);
            return this;
        }

        public Tensor div_(Scalar target, RoundingMode rounding_mode = RoundingMode.None)
        {
            Native.tensor_div_number_(this, target, rounding_mode);
            return this;
        }

        public Tensor fill_(Scalar value)
        {
            Native.tensor_fill_(this, value);
            return this;
        }

        public Tensor addcmul(Tensor tensor1, Tensor tensor2, Scalar value) => Native.tensor_addcmul(this, tensor1, tensor2, value);

        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value)
        {
            Native.tensor_addcmul_(this, tensor1, tensor2, value);
            return this;
        }

        public Tensor addcdiv(Tensor tensor1, Tensor tensor2, Scalar value) => Native.tensor_addcdiv(this, tensor1, tensor2, value);

        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value)
        {
            Native.tensor_addcdiv_(this, tensor1, tensor2, value);
            return this;
        }

        public Tensor addcdiv(Tensor tensor1, Tensor tensor2) => addcdiv(tensor1, tensor2, 1);

        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2) => addcdiv_(tensor1, tensor2, 1);

        public Tensor lerp(Tensor end, Tensor weight) => Native.tensor_lerp(this, end, weight);

        public Tensor lerp_(Tensor end, Tensor weight)
        {
            Native.tensor_lerp_(this, end, weight);
            return this;
        }

        public Tensor clamp(Scalar? min = null, Scalar? max = null) => Native.tensor_clamp(this, min, max);

        public Tensor clamp(Tensor? min = null, Tensor? max = null) => Native.tensor_clamp_tensor(this, min, max);

        public Tensor clamp_(Scalar? min = null, Scalar? max = null)
        {
            Native.tensor_clamp_(this, min, max);
            return this;
        }

        public Tensor clip(Scalar? min = null, Scalar? max = null) => clamp(min, max);

        public Tensor maximum(Tensor other) => Native.tensor_maximum(this, other);

        public Tensor minimum(Tensor other) => Native.tensor_minimum(this, other);

        public Tensor logical_and(Tensor other) => Native.tensor_logical_and(this, other);

        public Tensor logical_or(Tensor other) => Native.tensor_logical_or(this, other);

        public Tensor bitwise_and(Tensor other) => Native.tensor_bitwise_and(this, other);

        public Tensor bitwise_or(Tensor other) => Native.tensor_bitwise_or(this, other);

        public Tensor bitwise_xor(Tensor other) => Native.tensor_bitwise_xor(this, other);

        public Tensor matmul(Tensor target) => Native.tensor_matmul(this, target);

        public Tensor mm(Tensor target) => Native.tensor_mm(this, target);

        public Tensor bmm(Tensor batch2) => Native.tensor_bmm(this, batch2);

        public Tensor mv(Tensor target) => Native.tensor_mv(this, target);

        public Tensor dot(Tensor target) => Native.tensor_dot(this, target);

        public Tensor outer(Tensor vec2) => Native.tensor_outer(this, vec2);
    }
}
