using MathNet.Numerics.Optimization;

namespace FeatureReuse.Reuse;

/// <summary>The temperature of least log loss (Guo et al. 2017, arXiv 1706.04599).</summary>
internal static class TemperatureScaling
{
    private const double MostLogTemperature = 4.6;
    private const double Tolerance = 1e-6;

    /// <param name="logs">Logits, or log-probabilities, which differ from them by what does not matter; by image.</param>
    /// <param name="labels">The true classes.</param>
    /// <returns>.01 to 100.</returns>
    public static double Fit(float[][] logs, int[] labels)
    {
        // Where all are right, or all wrong, the loss falls up to the end of the range.
        ScalarObjective loss = new(logTemperature => LossAt(logs, labels, Math.Exp(logTemperature)));
        return Math.Exp(GoldenSectionMinimizer.Minimum(loss, -MostLogTemperature, MostLogTemperature, Tolerance).MinimizingPoint);
    }

    private static double LossAt(float[][] logs, int[] labels, double temperature)
    {
        double sum = 0;
        for (int row = 0; row < labels.Length; row++)
        {
            double largest = logs[row].Max();
            double total = logs[row].Sum(value => Math.Exp((value - largest) / temperature));
            sum += Math.Log(total) - (logs[row][labels[row]] - largest) / temperature;
        }
        return sum / labels.Length;
    }

    private sealed class ScalarObjective(Func<double, double> function) : IScalarObjectiveFunction
    {
        public bool IsDerivativeSupported => false;

        public bool IsSecondDerivativeSupported => false;

        public IScalarObjectiveFunctionEvaluation Evaluate(double point) => new Evaluation(point, function(point));

        private sealed record Evaluation(double Point, double Value) : IScalarObjectiveFunctionEvaluation
        {
            public double Derivative => throw new NotSupportedException();

            public double SecondDerivative => throw new NotSupportedException();
        }
    }
}
