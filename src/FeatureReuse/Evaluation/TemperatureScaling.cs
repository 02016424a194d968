namespace FeatureReuse;

/// <summary>Fits the temperature that minimises the log loss (Guo et al. 2017, arXiv 1706.04599).</summary>
internal static class TemperatureScaling
{
    private const double LargestLogTemperature = 4.6;
    private const double Tolerance = 1e-6;
    private const double GoldenRatio = .6180339887498949;

    /// <summary>
    /// Finds the temperature, .01 to 100, for logits or log-probabilities by golden-section search. If all images are right, or all wrong,
    /// it ends at the bound of the range.
    /// </summary>
    public static double Fit(float[][] logs, int[] labels)
    {
        float[][] differences = [.. logs.Select(row =>
        {
            float largest = row.Max();
            return row.Select(value => value - largest).ToArray();
        })];
        (double low, double high) = (-LargestLogTemperature, LargestLogTemperature);
        (double left, double right) = (Left(low, high), Right(low, high));
        (double lossLeft, double lossRight) = (LossAt(left), LossAt(right));
        while (high - low > Tolerance)
        {
            if (lossLeft < lossRight)
            {
                (high, right, lossRight) = (right, left, lossLeft);
                left = Left(low, high);
                lossLeft = LossAt(left);
            }
            else
            {
                (low, left, lossLeft) = (left, right, lossRight);
                right = Right(low, high);
                lossRight = LossAt(right);
            }
        }
        return Math.Exp((low + high) / 2);

        double LossAt(double logTemperature)
        {
            double temperature = Math.Exp(logTemperature);
            double sum = 0;
            for (int row = 0; row < labels.Length; row++)
            {
                double total = differences[row].Sum(value => Math.Exp(value / temperature));
                sum += Math.Log(total) - differences[row][labels[row]] / temperature;
            }
            return sum / labels.Length;
        }
    }

    private static double Left(double low, double high) => high - GoldenRatio * (high - low);
    private static double Right(double low, double high) => low + GoldenRatio * (high - low);
}
