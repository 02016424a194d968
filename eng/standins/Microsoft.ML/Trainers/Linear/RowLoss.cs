namespace Microsoft.ML.Trainers.Linear;

/// <summary>The loss of one row's scores; replaces the scores by the loss's derivatives in them.</summary>
internal delegate double RowLoss(Span<double> scores, double label);

/// <summary>The losses that linear models are trained on.</summary>
internal static class RowLosses
{
    public static double Softmax(Span<double> scores, double label)
    {
        int truth = (int)label;
        double largest = double.NegativeInfinity;
        foreach (double score in scores)
        {
            largest = Math.Max(largest, score);
        }
        double sum = 0;
        foreach (double score in scores)
        {
            sum += Math.Exp(score - largest);
        }
        double loss = largest + Math.Log(sum) - scores[truth];
        for (int c = 0; c < scores.Length; c++)
        {
            scores[c] = Math.Exp(scores[c] - largest) / sum;
        }
        scores[truth] -= 1;
        return loss;
    }

    public static double Logistic(Span<double> scores, double label)
    {
        double truth = Math.Clamp(label, 0, 1);
        double score = scores[0];
        double halfLoss = Math.Log(1 + Math.Exp(-Math.Abs(score)));
        scores[0] = (1 / (1 + Math.Exp(-score))) - truth;
        // log(1 + exp(-score)) for a positive row, log(1 + exp(score)) for a negative one, without overflow.
        return halfLoss + Math.Max(score, 0) - (truth * score);
    }

    public static double Squared(Span<double> scores, double label)
    {
        double error = scores[0] - label;
        scores[0] = 2 * error;
        return error * error;
    }
}
