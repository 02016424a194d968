namespace FeatureReuse;

/// <summary>
/// Linear baselines of the shallow networks: ridge regression on the features of a network (LP) or on the slopes of its output in all weights (NTK), for 100
/// ridge parameters from 1e-5 to 1e10, of which the one with the least validation loss counts. Source: Lippl and Lindsey, arXiv 2310.02396.
/// </summary>
public static class RidgeRegression
{
    private const int Count = 100;
    private const double SmallestExponent = -5;
    private const double LargestExponent = 10;

    /// <summary>LP: fits a new readout on the hidden units.</summary>
    /// <param name="network">Whose first layer is kept.</param>
    /// <param name="training">What to fit.</param>
    /// <param name="validation">What chooses the ridge parameter.</param>
    /// <exception cref="ArgumentException">The samples do not fit the network.</exception>
    public static RidgeResult FitLinearProbe(TwoLayerReluNetwork network, RegressionSamples training, RegressionSamples validation)
    {
        RequireFit(Require.NotNull(network).Width, training, validation);
        TorchRuntime.EnsureLoaded();
        using DisposeScope scope = NewDisposeScope();
        (Tensor features, Tensor validationFeatures) = (Hidden(network, training), Hidden(network, validation));
        return Best(KernelRegression.OfFeatures(features, validationFeatures, Labels(training), Labels(validation)));
    }

    /// <summary>NTK: finetunes the network linearised in all of its weights.</summary>
    /// <param name="network">Around which to linearise.</param>
    /// <param name="training">What to fit.</param>
    /// <param name="validation">What chooses the ridge parameter.</param>
    /// <exception cref="ArgumentException">The samples do not fit the network.</exception>
    public static RidgeResult FitTangentKernel(TwoLayerReluNetwork network, RegressionSamples training, RegressionSamples validation)
    {
        RequireFit(Require.NotNull(network).Width, training, validation);
        TorchRuntime.EnsureLoaded();
        using DisposeScope scope = NewDisposeScope();
        Tensor kernel = TangentKernel(network, training, training);
        Tensor validationKernel = TangentKernel(network, validation, training);
        return Best(new(kernel, validationKernel, Residuals(network, training), Residuals(network, validation)));
    }

    /// <summary>NTK: finetunes the network linearised in all of its weights.</summary>
    /// <param name="network">Around which to linearise.</param>
    /// <param name="training">What to fit.</param>
    /// <param name="validation">What chooses the ridge parameter.</param>
    /// <exception cref="ArgumentException">The samples do not fit the network.</exception>
    public static RidgeResult FitTangentKernel(DiagonalNetwork network, RegressionSamples training, RegressionSamples validation)
    {
        RequireFit(Require.NotNull(network).Width, training, validation);
        TorchRuntime.EnsureLoaded();
        using DisposeScope scope = NewDisposeScope();
        DiagonalLayer first = network.First;
        DiagonalLayer readout = network.Readouts[0];
        // The slopes in the four weights of a coordinate are its input times each weight's partner.
        Tensor sizes = tensor(Enumerable.Range(0, network.Width)
            .Select(i => Math.Sqrt(Square(first.Plus[i]) + Square(first.Minus[i]) + Square(readout.Plus[i]) + Square(readout.Minus[i])))
            .ToArray());
        float[] start = network.GetCoefficients();
        (Tensor features, Tensor validationFeatures) = (training.ToTensor() * sizes, validation.ToTensor() * sizes);
        return Best(KernelRegression.OfFeatures(features, validationFeatures, training.Residuals(start), validation.Residuals(start)));
    }

    private static RidgeResult Best(KernelRegression spectrum)
    {
        double[] ridges = [.. Enumerable.Range(0, Count)
            .Select(i => Math.Pow(10, SmallestExponent + (LargestExponent - SmallestExponent) * i / (Count - 1)))];
        return spectrum.Losses(Count, (eigenvalue, i) => 1 / (eigenvalue + ridges[i]))
            .Select((loss, i) => new RidgeResult(ridges[i], loss.Training, loss.Validation)).MinBy(result => result.ValidationLoss)!;
    }

    /// <summary>Hidden units times hidden units, plus inputs times inputs over the units that are on for both, weighted by their squared readouts.</summary>
    internal static Tensor TangentKernel(TwoLayerReluNetwork network, RegressionSamples rows, RegressionSamples columns)
    {
        Tensor readout = tensor(network.GetReadout().ToArray(), float64);
        (Tensor hiddenRows, Tensor hiddenColumns) = (Hidden(network, rows), Hidden(network, columns));
        Tensor readouts = (hiddenRows.sign() * readout).mm((hiddenColumns.sign() * readout).t());
        return (rows.ToTensor().mm(columns.ToTensor().t()) * readouts).addmm_(hiddenRows, hiddenColumns.t());
    }

    private static double[] Residuals(TwoLayerReluNetwork network, RegressionSamples samples)
        => [.. Enumerable.Range(0, samples.Count).Select(row => samples.GetLabel(row) - (double)network.Predict(samples.GetInput(row)))];

    /// <summary>[count, hidden units].</summary>
    private static Tensor Hidden(TwoLayerReluNetwork network, RegressionSamples samples)
    {
        Tensor units = tensor(network.First.Span.ToArray(), [network.Width, network.Stride], float64).narrow(1, 0, network.HiddenUnits);
        return samples.ToTensor().mm(units).relu_();
    }

    private static double[] Labels(RegressionSamples samples)
        => [.. Enumerable.Range(0, samples.Count).Select(row => (double)samples.GetLabel(row))];

    private static double Square(double value) => value * value;

    private static void RequireFit(int width, RegressionSamples training, RegressionSamples validation)
    {
        TaskSamples.RequireFit([Require.NotNull(training)], width, 1);
        TaskSamples.RequireFit([Require.NotNull(validation)], width, 1);
    }
}
