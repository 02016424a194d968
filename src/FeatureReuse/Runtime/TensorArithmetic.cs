namespace FeatureReuse;

/// <summary>
/// Sums, arithmetic of tensors with numbers, and numbers out of tensors. TorchSharp 0.107 passes each number, also the factor 1 of a sum, through a <see
/// cref="Scalar"/> and does not keep it alive while native code reads it, so that the garbage collector may free it too early: rarely, and then with an
/// exception, the end of the process or another number in its place. Here every scalar lives until the call is over; a test finds other ways.
/// </summary>
internal static class TensorArithmetic
{
    extension(Tensor tensor)
    {
        /// <summary>Returns the tensor times a number.</summary>
        public Tensor Times(double factor)
        {
            using Scalar scalar = factor.ToScalar();
            return tensor.mul(scalar);
        }

        /// <summary>Multiplies by a number in place.</summary>
        public Tensor TimesInPlace(double factor)
        {
            using Scalar scalar = factor.ToScalar();
            return tensor.mul_(scalar);
        }

        /// <summary>Returns the tensor divided by a number.</summary>
        public Tensor DividedBy(double divisor)
        {
            using Scalar scalar = divisor.ToScalar();
            return tensor.div(scalar);
        }

        /// <summary>Returns the tensor plus another one times a number.</summary>
        public Tensor Plus(Tensor other, double factor = 1)
        {
            using Scalar scalar = factor.ToScalar();
            return tensor.add(other, scalar);
        }

        /// <summary>Adds another tensor times a number in place.</summary>
        public Tensor PlusInPlace(Tensor other, double factor = 1)
        {
            using Scalar scalar = factor.ToScalar();
            return tensor.add_(other, scalar);
        }

        /// <summary>Adds a number in place.</summary>
        public Tensor PlusInPlace(double number)
        {
            using Scalar scalar = number.ToScalar();
            using Scalar one = 1.ToScalar();
            return tensor.add_(scalar, one);
        }

        /// <summary>Adds the product of two tensors times a number in place.</summary>
        public Tensor PlusProductInPlace(Tensor first, Tensor second, double factor)
        {
            using Scalar scalar = factor.ToScalar();
            return tensor.addcmul_(first, second, scalar);
        }

        /// <summary>Adds the quotient of two tensors times a number in place.</summary>
        public Tensor PlusQuotientInPlace(Tensor numerator, Tensor denominator, double factor)
        {
            using Scalar scalar = factor.ToScalar();
            return tensor.addcdiv_(numerator, denominator, scalar);
        }

        /// <summary>Returns the tensor with its values moved into a range.</summary>
        public Tensor ClampedTo(double least, double most)
        {
            using Scalar from = least.ToScalar();
            using Scalar to = most.ToScalar();
            return tensor.clamp(from, to);
        }

        /// <summary>Returns the value of a tensor with one, of any device.</summary>
        public double ReadDouble()
        {
            using Scalar scalar = tensor.ToScalar();
            return scalar.ToDouble();
        }

        /// <summary>Returns the value of a tensor with one, of any device.</summary>
        public long ReadInt64()
        {
            using Scalar scalar = tensor.ToScalar();
            return scalar.ToInt64();
        }

        /// <summary>Returns the value of a tensor with one, of any device.</summary>
        public bool ReadBoolean()
        {
            using Scalar scalar = tensor.ToScalar();
            return scalar.ToBoolean();
        }
    }
}
