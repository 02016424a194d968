namespace FeatureReuse;

/// <summary>
/// The penalty of one coordinate of a diagonal linear network that gradient flow minimises exactly, among all solutions that fit the
/// data: Q' = asinh(b / c) / 2 - asinh(b0 / c) / 2, with Q = 0 at the start b0. Derived from the conserved quantities of w+ v+ - w- v-.
/// P of <see cref="DiagonalPenalties.Finetuning"/> is 4 Q where b0 = 0 and c = k.
/// </summary>
internal readonly record struct GradientFlowPenalty
{
    private readonly double _start;

    /// <summary>Creates the penalty of a flow that starts at given weights.</summary>
    /// <param name="firstPlus">w+.</param>
    /// <param name="firstMinus">w-.</param>
    /// <param name="readoutPlus">v+.</param>
    /// <param name="readoutMinus">v-.</param>
    public GradientFlowPenalty(double firstPlus, double firstMinus, double readoutPlus, double readoutMinus)
    {
        InitialCoefficient = firstPlus * readoutPlus - firstMinus * readoutMinus;
        // (S/2)^2 - b0^2 as a product, without cancellation.
        double plus = Square(firstPlus + readoutPlus) + Square(firstMinus - readoutMinus);
        double minus = Square(firstPlus - readoutPlus) + Square(firstMinus + readoutMinus);
        Scale = Math.Sqrt(plus * minus) / 2;
        _start = Math.Asinh(InitialCoefficient / Scale);
    }

    /// <summary>Gets c: coefficients below it are shrunk, above it selected. Zero where the coordinate cannot move.</summary>
    public double Scale { get; }

    /// <summary>Gets b0, the coefficient at the start.</summary>
    public double InitialCoefficient { get; }

    /// <summary>Computes Q.</summary>
    public double ValueAt(double coefficient)
    {
        double curvature = double.Hypot(Scale, coefficient) - double.Hypot(Scale, InitialCoefficient);
        return (coefficient * (Math.Asinh(coefficient / Scale) - _start) - curvature) / 2;
    }

    /// <summary>Computes Q'.</summary>
    public double SlopeAt(double coefficient) => (Math.Asinh(coefficient / Scale) - _start) / 2;

    private static double Square(double value) => value * value;
}
