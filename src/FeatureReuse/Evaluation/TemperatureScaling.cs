namespace FeatureReuse;

/// <summary>The temperature of least log loss (Guo et al. 2017, arXiv 1706.04599).</summary>
internal static class TemperatureScaling
{
    private const double MostLogTemperature = 4.6;
    private const double Tolerance = 1e-6;
    private const double GoldenShare = .6180339887498949;

    /// <summary>Finds it by golden-section search. Where all are right, or all wrong, the loss falls up to the end of the range.</summary>
    /// <param name="logs">Logits, or log-probabilities, which differ from them by what does not matter; by image.</param>
    /// <param name="labels">The true classes.</param>
    /// <returns>.01 to 100.</returns>
    public static double Fit(float[][] logs, int[] labels)
    {
        (double low, double high) = (-MostLogTemperature, MostLogTemperature);
        (double left, double right) = (high - GoldenShare * (high - low), low + GoldenShare * (high - low));
        (double lossLeft, double lossRight) = (LossAt(logs, labels, Math.Exp(left)), LossAt(logs, labels, Math.Exp(right)));
        while (high - low > Tolerance)
        {
            if (lossLeft < lossRight)
            {
                (high, right, lossRight) = (right, left, lossLeft);
                left = high - GoldenShare * (high - low);
                lossLeft = LossAt(logs, labels, Math.Exp(left));
            }
            else
            {
                (low, left, lossLeft) = (left, right, lossRight);
                right = low + GoldenShare * (high - low);
                lossRight = LossAt(logs, labels, Math.Exp(right));
            }
        }
        return Math.Exp((low + high) / 2);
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
}
