using FeatureReuse;
using TorchSharp;
using static TorchSharp.torch;

namespace Papers.TeacherStudent.LinearModels;

/// <summary>
/// Gradient descent on a diagonal network's readout alone, in closed form: after t steps, a direction of the kernel with eigenvalue l
/// keeps the fraction (1 - 2 rate l / n)^t of its error. A million steps cost as much as one.
/// </summary>
internal static class LinearProbeDescent
{
    /// <summary>Computes how the descent would end; does not change the network. The samples are at most some thousand.</summary>
    public static GradientDescentResult Solve(
        DiagonalNetwork network, RegressionSamples samples, RegressionSamples validation, GradientDescentOptions options)
    {
        TorchRuntime.EnsureLoaded();
        using DisposeScope scope = NewDisposeScope();
        var regression = KernelRegression.FromScaledInputs(
            network, samples, validation, i => double.Hypot(network.First.Plus[i], network.First.Minus[i]));
        double largest = 2 * regression.Eigenvalues.Max() / samples.Count;
        double rate = options.LearningRate;
        for (int restart = 0; largest * rate > 2; restart++)
        {
            if (restart == GradientDescent.Restarts)
                return new(GradientDescentStopReason.Diverged, double.PositiveInfinity, 0, 0, rate);
            rate /= 10;
        }
        (GradientDescentStopReason reason, int epochs) = LossBefore(options.MaximumEpochs) < options.LossThreshold
            ? (GradientDescentStopReason.LossThreshold, FirstBelow(options.LossThreshold, options.MaximumEpochs, LossBefore))
            : (GradientDescentStopReason.EpochLimit, options.MaximumEpochs);
        List<int> looks = [0];
        for (int look = 1; look < epochs; look = GradientDescent.NextValidation(look))
            looks.Add(look);
        looks.Add(epochs);
        // The weight is (1 - kept) / eigenvalue, or its limit where the eigenvalue is 0.
        (double Training, double Validation)[] losses = regression.ComputeLosses(looks.Count, (eigenvalue, look)
            => eigenvalue * rate < 1e-14 ? 2 * rate * looks[look] / samples.Count : (1 - Kept(eigenvalue, looks[look])) / eigenvalue);
        return new(reason, LossBefore(epochs), epochs, epochs, rate) { LeastValidationLoss = losses.Min(loss => loss.Validation) };

        double LossBefore(int epoch) => regression.ComputeTrainingLoss(eigenvalue => Kept(eigenvalue, epoch - 1));

        double Kept(double eigenvalue, int steps) => Math.Pow(1 - 2 * rate * eigenvalue / samples.Count, steps);
    }

    /// <summary>Finds the first epoch below a threshold by bisection: the loss falls in every epoch.</summary>
    private static int FirstBelow(double threshold, int highest, Func<int, double> lossBefore)
    {
        int lowest = 1;
        while (lowest < highest)
        {
            int middle = lowest + (highest - lowest) / 2;
            (lowest, highest) = lossBefore(middle) < threshold ? (lowest, middle) : (middle + 1, highest);
        }
        return lowest;
    }
}
