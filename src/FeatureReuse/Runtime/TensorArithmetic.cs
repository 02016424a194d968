namespace FeatureReuse;

/// <summary>
/// Sums, arithmetic of tensors with numbers, and reading numbers. TorchSharp 0.107 passes each number, also the factor 1 of a sum, as a
/// <see cref="Scalar"/> and does not keep it alive while native code reads it, so that the garbage collector may free it too early: rarely,
/// and then with an exception, a crash or a wrong number. Here every scalar lives until the call is over. A test finds other ways.
/// </summary>
internal static class TensorArithmetic
{
    extension(Tensor tensor)
    {
        public Tensor Times(double factor) => With(factor, tensor.mul);
        public Tensor TimesInPlace(double factor) => With(factor, tensor.mul_);
        public Tensor DividedBy(double divisor) => With(divisor, scalar => tensor.div(scalar));
        public Tensor Plus(Tensor other, double factor = 1) => With(factor, scalar => tensor.add(other, scalar));
        public Tensor PlusInPlace(Tensor other, double factor = 1) => With(factor, scalar => tensor.add_(other, scalar));
        public Tensor PlusInPlace(double number) => With(number, scalar => With(1, one => tensor.add_(scalar, one)));

        public Tensor PlusProductInPlace(Tensor first, Tensor second, double factor)
            => With(factor, scalar => tensor.addcmul_(first, second, scalar));

        public Tensor PlusQuotientInPlace(Tensor numerator, Tensor denominator, double factor)
            => With(factor, scalar => tensor.addcdiv_(numerator, denominator, scalar));

        public Tensor ClampedTo(double least, double most) => With(least, from => With(most, to => tensor.clamp(from, to)));

        public double ReadDouble() => Read(tensor, scalar => scalar.ToDouble());
        public long ReadInt64() => Read(tensor, scalar => scalar.ToInt64());
    }

    private static Tensor With(double number, Func<Scalar, Tensor> use)
    {
        using Scalar scalar = number.ToScalar();
        return use(scalar);
    }

    private static T Read<T>(Tensor tensor, Func<Scalar, T> read)
    {
        using Scalar scalar = tensor.ToScalar();
        return read(scalar);
    }
}
