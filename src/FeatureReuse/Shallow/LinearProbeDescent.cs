namespace FeatureReuse;

/// <summary>
/// Gradient descent of a diagonal network's readout alone, by its closed form: after t steps a direction of the kernel with eigenvalue l keeps the share
/// (1 - 2 rate l / n)^t of its error. A million steps cost as much as one.
/// </summary>
public static class LinearProbeDescent
{
    private const int EpochsPerLook = 5;
    private const int Restarts = 6;

    /// <summary>How the descent goes; the network stays as it is.</summary>
    /// <param name="network">Whose first layer is kept and whose readout is the start.</param>
    /// <param name="samples">What to fit; up to some thousand, since the kernel is [count, count].</param>
    /// <param name="validation">What <see cref="GradientDescentResult.LeastValidationLoss"/> is taken on.</param>
    /// <param name="options">Learning rate, threshold and limit, as for <see cref="DiagonalNetwork.Train"/>; a learning rate that would diverge is divided by ten.</param>
    /// <exception cref="ArgumentException">The samples do not fit the network, or an option is out of its range.</exception>
    public static GradientDescentResult Solve(DiagonalNetwork network, RegressionSamples samples, RegressionSamples validation, GradientDescentOptions? options = null)
    {
        options ??= new();
        options.Validate();
        TaskSamples.RequireFit([Require.NotNull(samples)], Require.NotNull(network).Width, 1);
        TaskSamples.RequireFit([Require.NotNull(validation)], network.Width, 1);
        DiagonalLayer first = network.First;
        TorchRuntime.EnsureLoaded();
        using DisposeScope scope = NewDisposeScope();
        Tensor sizes = tensor(Enumerable.Range(0, network.Width).Select(i => double.Hypot(first.Plus[i], first.Minus[i])).ToArray());
        float[] start = network.GetCoefficients();
        (Tensor features, Tensor validationFeatures) = (samples.ToTensor() * sizes, validation.ToTensor() * sizes);
        var spectrum = KernelRegression.OfFeatures(features, validationFeatures, samples.Residuals(start), validation.Residuals(start));
        double largest = 2 * spectrum.Eigenvalues.Max() / samples.Count;
        double rate = options.LearningRate;
        for (int restart = 0; largest * rate > 2; restart++)
        {
            if (restart == Restarts)
                return new(StopReason.Diverged, double.PositiveInfinity, 0, 0, rate);
            rate /= 10;
        }
        double LossBefore(int epoch) => spectrum.TrainingLoss(eigenvalue => Kept(eigenvalue, epoch - 1));
        double Kept(double eigenvalue, int steps) => Math.Pow(1 - 2 * rate * eigenvalue / samples.Count, steps);
        (StopReason reason, int epochs) = LossBefore(options.MaximumEpochs) < options.LossThreshold
            ? (StopReason.LossThreshold, FirstBelow(options.LossThreshold, options.MaximumEpochs, LossBefore))
            : (StopReason.EpochLimit, options.MaximumEpochs);
        List<int> looks = [0];
        for (int look = 1; look < epochs; look += 1 + look / EpochsPerLook)
            looks.Add(look);
        looks.Add(epochs);
        // g = (1 - kept) / l, and its limit where l is 0.
        (double Training, double Validation)[] losses = spectrum.Losses(looks.Count, (eigenvalue, look)
            => eigenvalue * rate < 1e-14 ? 2 * rate * looks[look] / samples.Count : (1 - Kept(eigenvalue, looks[look])) / eigenvalue);
        return new(reason, LossBefore(epochs), epochs, epochs, rate) { LeastValidationLoss = losses.Min(loss => loss.Validation) };
    }

    /// <summary>The loss falls in every epoch.</summary>
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
