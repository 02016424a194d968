using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;

namespace FeatureReuse.Shallow;

/// <summary>
/// Linear baselines of the shallow networks: ridge regression on the features of a network (LP) or on the slopes of its output in all weights (NTK), for 100
/// ridge parameters from 1e-5 to 1e10, of which the one with the least validation loss counts. Source: Lippl and Lindsey, arXiv 2310.02396.
/// </summary>
public static class RidgePath
{
    private const int Count = 100;
    private const double SmallestExponent = -5;
    private const double LargestExponent = 10;

    /// <summary>LP: fits a new readout on the hidden units.</summary>
    /// <param name="network">Whose first layer is kept.</param>
    /// <param name="training">What to fit.</param>
    /// <param name="validation">What chooses the ridge parameter.</param>
    /// <exception cref="ArgumentException">The samples do not fit the network.</exception>
    public static RidgeResult Probe(TwoLayerReluNetwork network, RegressionSamples training, RegressionSamples validation)
    {
        RequireFit(Require.NotNull(network).Width, training, validation);
        double[][] Features(RegressionSamples samples) => [.. Rows(samples).Select(input => Hidden(network, input))];
        return Best(new(Features(training), Features(validation), Labels(training), Labels(validation)));
    }

    /// <summary>NTK: finetunes the network linearised in all of its weights.</summary>
    /// <param name="network">Around which to linearise.</param>
    /// <param name="training">What to fit.</param>
    /// <param name="validation">What chooses the ridge parameter.</param>
    /// <exception cref="ArgumentException">The samples do not fit the network.</exception>
    public static RidgeResult Linearized(TwoLayerReluNetwork network, RegressionSamples training, RegressionSamples validation)
    {
        RequireFit(Require.NotNull(network).Width, training, validation);
        Matrix<double> kernel = TangentKernel(network, training, training);
        return Best(new(kernel, TangentKernel(network, validation, training), Residuals(network, training), Residuals(network, validation)));
    }

    /// <summary>NTK: finetunes the network linearised in all of its weights.</summary>
    /// <param name="network">Around which to linearise.</param>
    /// <param name="training">What to fit.</param>
    /// <param name="validation">What chooses the ridge parameter.</param>
    /// <exception cref="ArgumentException">The samples do not fit the network.</exception>
    public static RidgeResult Linearized(DiagonalNetwork network, RegressionSamples training, RegressionSamples validation)
    {
        RequireFit(Require.NotNull(network).Width, training, validation);
        DiagonalLayer first = network.First;
        DiagonalLayer readout = network.Readouts[0];
        // The slopes in the four weights of a coordinate are its input times each weight's partner.
        double[] sizes = [.. Enumerable.Range(0, network.Width).Select(i => Math.Sqrt(Square(first.Plus[i]) + Square(first.Minus[i]) + Square(readout.Plus[i]) + Square(readout.Minus[i])))];
        float[] start = network.Coefficients();
        double[][] Features(RegressionSamples samples) => [.. Rows(samples).Select(input => Scaled(input, sizes))];
        double[] Rest(RegressionSamples samples) => [.. Enumerable.Range(0, samples.Count).Select(row => samples.LabelOf(row) - (double)TensorPrimitives.Dot(samples.InputOf(row), start))];
        return Best(new(Features(training), Features(validation), Rest(training), Rest(validation)));
    }

    private static RidgeResult Best(KernelSpectrum spectrum)
    {
        double[] ridges = [.. Enumerable.Range(0, Count).Select(i => Math.Pow(10, SmallestExponent + (LargestExponent - SmallestExponent) * i / (Count - 1)))];
        return spectrum.Losses(Count, (eigenvalue, i) => 1 / (eigenvalue + ridges[i]))
            .Select((loss, i) => new RidgeResult(ridges[i], loss.Training, loss.Validation)).MinBy(result => result.ValidationLoss)!;
    }

    /// <summary>Hidden units times hidden units, plus inputs times inputs over the units that are on for both, weighted by their squared readouts.</summary>
    internal static Matrix<double> TangentKernel(TwoLayerReluNetwork network, RegressionSamples rows, RegressionSamples columns)
    {
        double[] readout = [.. network.Readout().ToArray().Select(value => (double)value)];
        double[][] hiddenRows = [.. Rows(rows).Select(input => Hidden(network, input))];
        double[][] hiddenColumns = ReferenceEquals(rows, columns) ? hiddenRows : [.. Rows(columns).Select(input => Hidden(network, input))];
        double[][] OnReadouts(double[][] hidden) => [.. hidden.Select(units => units.Select((value, unit) => value > 0 ? readout[unit] : 0).ToArray())];
        double[][] Inputs(RegressionSamples samples) => [.. Rows(samples).Select(input => input.Select(value => (double)value).ToArray())];
        return KernelSpectrum.Products(hiddenRows, hiddenColumns) + KernelSpectrum.Products(Inputs(rows), Inputs(columns)).PointwiseMultiply(KernelSpectrum.Products(OnReadouts(hiddenRows), OnReadouts(hiddenColumns)));
    }

    private static double[] Residuals(TwoLayerReluNetwork network, RegressionSamples samples)
        => [.. Enumerable.Range(0, samples.Count).Select(row => samples.LabelOf(row) - (double)network.Predict(samples.InputOf(row)))];

    private static double[] Hidden(TwoLayerReluNetwork network, float[] input)
    {
        var hidden = new float[network.Stride];
        network.Hidden(input, hidden);
        return [.. hidden.Take(network.HiddenUnits).Select(value => (double)value)];
    }

    private static double[] Scaled(float[] input, double[] sizes) => [.. input.Zip(sizes, (value, size) => value * size)];

    private static IEnumerable<float[]> Rows(RegressionSamples samples) => Enumerable.Range(0, samples.Count).Select(row => samples.InputOf(row).ToArray());

    private static double[] Labels(RegressionSamples samples) => [.. Enumerable.Range(0, samples.Count).Select(row => (double)samples.LabelOf(row))];

    private static double Square(double value) => value * value;

    private static void RequireFit(int width, RegressionSamples training, RegressionSamples validation)
    {
        TaskSamples.RequireFit([Require.NotNull(training)], width, 1);
        TaskSamples.RequireFit([Require.NotNull(validation)], width, 1);
    }
}
