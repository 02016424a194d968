using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;
using MathNet.Numerics.LinearAlgebra.Factorization;

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
        double[][] basis = Features(training);
        return Best(Kernel(basis, basis), Kernel(Features(validation), basis), Labels(training), Labels(validation));
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
        return Best(kernel, TangentKernel(network, validation, training), Residuals(network, training), Residuals(network, validation));
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
        double[][] basis = Features(training);
        return Best(Kernel(basis, basis), Kernel(Features(validation), basis), Rest(training), Rest(validation));
    }

    private static RidgeResult Best(Matrix<double> kernel, Matrix<double> validationKernel, double[] labels, double[] validationLabels)
    {
        Evd<double> spectrum = kernel.Evd(Symmetricity.Symmetric);
        Vector<double> turned = spectrum.EigenVectors.TransposeThisAndMultiply(DenseVector.OfArray(labels));
        double[] eigenvalues = [.. spectrum.EigenValues.Select(value => Math.Max(value.Real, 0))];
        double[] ridges = [.. Enumerable.Range(0, Count).Select(i => Math.Pow(10, SmallestExponent + (LargestExponent - SmallestExponent) * i / (Count - 1)))];
        Matrix<double> scaled = DenseMatrix.Create(labels.Length, Count, (row, column) => turned[row] / (eigenvalues[row] + ridges[column]));
        Matrix<double> weights = spectrum.EigenVectors * scaled;
        Matrix<double> training = kernel * weights;
        Matrix<double> validation = validationKernel * weights;
        return Enumerable.Range(0, Count).Select(i => new RidgeResult(ridges[i], Loss(training.Column(i), labels), Loss(validation.Column(i), validationLabels))).MinBy(result => result.ValidationLoss)!;
    }

    private static double Loss(Vector<double> predictions, double[] labels) => Square(TensorPrimitives.Distance<double>(predictions.AsArray(), labels)) / labels.Length;

    /// <summary>Hidden units times hidden units, plus inputs times inputs over the units that are on for both, weighted by their squared readouts.</summary>
    internal static Matrix<double> TangentKernel(TwoLayerReluNetwork network, RegressionSamples rows, RegressionSamples columns)
    {
        double[] readout = [.. network.Readout().ToArray().Select(value => (double)value)];
        double[][] hiddenRows = [.. Rows(rows).Select(input => Hidden(network, input))];
        double[][] hiddenColumns = ReferenceEquals(rows, columns) ? hiddenRows : [.. Rows(columns).Select(input => Hidden(network, input))];
        double[][] OnReadouts(double[][] hidden) => [.. hidden.Select(units => units.Select((value, unit) => value > 0 ? readout[unit] : 0).ToArray())];
        double[][] Inputs(RegressionSamples samples) => [.. Rows(samples).Select(input => input.Select(value => (double)value).ToArray())];
        return Kernel(hiddenRows, hiddenColumns) + Kernel(Inputs(rows), Inputs(columns)).PointwiseMultiply(Kernel(OnReadouts(hiddenRows), OnReadouts(hiddenColumns)));
    }

    private static Matrix<double> Kernel(double[][] rows, double[][] columns)
        => DenseMatrix.Create(rows.Length, columns.Length, (row, column) => TensorPrimitives.Dot<double>(rows[row], columns[column]));

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
