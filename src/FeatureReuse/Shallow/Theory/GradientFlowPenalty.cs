namespace FeatureReuse;

/// <summary>
/// The penalty of one coordinate of a diagonal linear network that gradient flow minimises exactly, among all solutions that fit the
/// data: Q' = asinh(b / c) / 2 - asinh(b0 / c) / 2, with Q = 0 at the start b0. Derived from the conserved quantities of w+ v+ - w- v-.
/// P of <see cref="DiagonalPenalties.Finetuning"/> is 4 Q where b0 = 0 and c = k.
/// </summary>
/// <param name="Start">b0, the coefficient at the start.</param>
/// <param name="Scale">c: coefficients below it are shrunk, above it selected. Zero where the coordinate cannot move.</param>
internal readonly record struct GradientFlowPenalty(double Start, double Scale)
{
    /// <summary>Gets the penalty of a flow that starts at the weights w+, w-, v+ and v-.</summary>
    public static GradientFlowPenalty From(double firstPlus, double firstMinus, double readoutPlus, double readoutMinus)
    {
        // (S/2)^2 - b0^2 as a product, without cancellation.
        double plus = Square(firstPlus + readoutPlus) + Square(firstMinus - readoutMinus);
        double minus = Square(firstPlus - readoutPlus) + Square(firstMinus + readoutMinus);
        return new(firstPlus * readoutPlus - firstMinus * readoutMinus, Math.Sqrt(plus * minus) / 2);

        static double Square(double value) => value * value;
    }

    /// <summary>Computes Q.</summary>
    public double ValueAt(double coefficient)
        => coefficient * SlopeAt(coefficient) - (double.Hypot(Scale, coefficient) - double.Hypot(Scale, Start)) / 2;

    /// <summary>Computes Q'.</summary>
    public double SlopeAt(double coefficient) => (Math.Asinh(coefficient / Scale) - Math.Asinh(Start / Scale)) / 2;
}
