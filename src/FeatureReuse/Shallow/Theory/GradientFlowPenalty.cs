namespace FeatureReuse;

/// <summary>
/// The penalty of one coordinate of a diagonal linear network that gradient flow from given weights minimises exactly, among all solutions that fit the
/// data: Q' = asinh(b / c) / 2 - asinh(b0 / c) / 2. It is 0 at the start b0, and P of <see cref="DiagonalPenalties.Finetuning"/> is 4 Q where b0 = 0 and c = k.
/// Derived from the conserved quantities of w+ v+ - w- v-.
/// </summary>
public readonly record struct GradientFlowPenalty
{
    private readonly double _start;

    /// <summary>From the weights that the flow starts at.</summary>
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

    /// <summary>c: below it coefficients are shrunk, above it they are selected. Zero where the coordinate cannot move.</summary>
    public double Scale { get; }

    /// <summary>b0, the coefficient at the start.</summary>
    public double InitialCoefficient { get; }

    /// <summary>Q at a coefficient.</summary>
    /// <param name="coefficient">b.</param>
    public double ValueAt(double coefficient)
        => (coefficient * (Math.Asinh(coefficient / Scale) - _start) - (double.Hypot(Scale, coefficient) - double.Hypot(Scale, InitialCoefficient))) / 2;

    /// <summary>Q' at a coefficient.</summary>
    /// <param name="coefficient">b.</param>
    public double SlopeAt(double coefficient) => (Math.Asinh(coefficient / Scale) - _start) / 2;

    /// <summary>The coefficient where Q' has a value: c sinh(2 slope + asinh(b0 / c)).</summary>
    /// <param name="slope">Q'.</param>
    public double CoefficientAt(double slope) => Scale == 0 ? InitialCoefficient : Scale * Math.Sinh(2 * slope + _start);

    private static double Square(double value) => value * value;
}
