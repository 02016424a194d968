using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;

namespace Microsoft.ML.Trainers.Linear;

/// <summary>Minimizes a linear model's objective by L-BFGS.</summary>
/// <remarks>
/// The l1 term has a kink at zero, which L-BFGS cannot pass. But l1 * |w| is the least l1/2 * (u^2 + v^2) with u * v = w (Hoff,
/// Lasso, fractional norm and structured sparse estimation using a Hadamard product parametrization, 2017), which is smooth
/// and, over a convex loss, has no other minima. A non-negative weight is u^2.
/// </remarks>
internal sealed class Minimizer(LinearObjective objective, bool nonNegative)
{
    private const double GradientTolerance = 1e-7;
    private const double NegligibleWeight = 1e-6;

    private readonly int _free = nonNegative ? 0 : objective.L1 > 0 ? objective.Outputs : objective.ParameterCount;
    private readonly double[] _parameters = new double[objective.ParameterCount];
    private readonly double[] _slopes = new double[objective.ParameterCount];
    private double _leastValue = double.PositiveInfinity;
    private Vector<double>? _best;

    private int Factored => objective.ParameterCount - _free;

    private int VariableCount => _free + (nonNegative ? Factored : 2 * Factored);

    /// <summary>The biases and weights with the least value that was met.</summary>
    public float[] Minimize(double tolerance, int historySize, int maximumNumberOfIterations)
    {
        var minimizer = new LimitedMemoryBfgsMinimizer(GradientTolerance, 0, tolerance, historySize, Math.Min(maximumNumberOfIterations, 10_000));
        Vector<double> start = Vector<double>.Build.Dense(VariableCount, i => i >= _free && i < _free + Factored ? 1 : 0);
        if (nonNegative)
        {
            start.Multiply(0.1, start);
        }
        try
        {
            minimizer.FindMinimum(ObjectiveFunction.Gradient(Evaluate), start);
        }
        catch (OptimizationException)
        {
            // The last step gained less than rounding lets it see, or the iterations are used up: the best point stands.
        }
        ToParameters(_best!);
        for (int i = objective.Outputs; objective.L1 > 0 && i < _parameters.Length; i++)
        {
            _parameters[i] = Math.Abs(_parameters[i]) < NegligibleWeight ? 0 : _parameters[i];
        }
        return Array.ConvertAll(_parameters, value => (float)value);
    }

    private (double Value, Vector<double> Gradient) Evaluate(Vector<double> variables)
    {
        ToParameters(variables);
        double value = objective.Smooth(_parameters, _slopes);
        var gradient = new double[VariableCount];
        Array.Copy(_slopes, gradient, _free);
        for (int i = 0; i < Factored; i++)
        {
            int u = _free + i;
            int v = nonNegative ? u : u + Factored;
            double l1 = u < objective.Outputs ? 0 : objective.L1;
            value += l1 / 2 * ((variables[u] * variables[u]) + (variables[v] * variables[v]));
            gradient[u] += (_slopes[u] * variables[v]) + (l1 * variables[u]);
            gradient[v] += (_slopes[u] * variables[u]) + (l1 * variables[v]);
        }
        if (double.IsNaN(value))
        {
            throw new InvalidOperationException("Data contain bad values.");
        }
        if (value < _leastValue)
        {
            _leastValue = value;
            _best = variables.Clone();
        }
        return (value, Vector<double>.Build.Dense(gradient));
    }

    private void ToParameters(Vector<double> variables)
    {
        for (int i = 0; i < _parameters.Length; i++)
        {
            _parameters[i] = i < _free ? variables[i] : variables[i] * variables[nonNegative ? i : i + Factored];
        }
    }
}
