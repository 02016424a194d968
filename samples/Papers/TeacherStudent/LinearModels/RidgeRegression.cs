using FeatureReuse;
using TorchSharp;
using static TorchSharp.torch;

namespace Papers.TeacherStudent.LinearModels;

/// <summary>
/// Linear baselines of the shallow networks: ridge regression on the hidden units (LP) or on the gradient in all weights (NTK), for 100
/// ridge parameters from 1e-5 to 1e10. Returns the one with the smallest validation loss. Source: Lippl and Lindsey, arXiv 2310.02396.
/// </summary>
internal static class RidgeRegression
{
    private const int Count = 100;
    private const double SmallestExponent = -5;
    private const double LargestExponent = 10;

    /// <summary>Fits a linear probe (LP): a new readout on the hidden units.</summary>
    public static RidgeResult FitLinearProbe(TwoLayerReluNetwork network, RegressionSamples training, RegressionSamples validation)
        => Fit(() => KernelRegression.FromFeatures(Hidden(network, training), Hidden(network, validation),
            KernelRegression.ResidualsOf(training, _ => 0), KernelRegression.ResidualsOf(validation, _ => 0)));

    /// <summary>Finetunes the network linearised in all of its weights: regression with its neural tangent kernel (NTK).</summary>
    public static RidgeResult FitTangentKernel(TwoLayerReluNetwork network, RegressionSamples training, RegressionSamples validation)
        => Fit(() => new KernelRegression(
            TangentKernel(network, training, training), TangentKernel(network, validation, training),
            KernelRegression.ResidualsOf(training, network.CreatePredictor()),
            KernelRegression.ResidualsOf(validation, network.CreatePredictor())));

    /// <inheritdoc cref="FitTangentKernel(TwoLayerReluNetwork, RegressionSamples, RegressionSamples)"/>
    public static RidgeResult FitTangentKernel(DiagonalNetwork network, RegressionSamples training, RegressionSamples validation)
    {
        (DiagonalLayer first, DiagonalLayer readout) = (network.First, network.Readouts[0]);
        // The gradient in each of the four weights of a coordinate is the input times the weight's partner.
        return Fit(() => KernelRegression.FromScaledInputs(network, training, validation,
            i => Math.Sqrt(Square(first.Plus[i]) + Square(first.Minus[i]) + Square(readout.Plus[i]) + Square(readout.Minus[i]))));
    }

    /// <summary>Computes hidden . hidden + (inputs . inputs) times the squared readouts of the units that are active for both.</summary>
    public static Tensor TangentKernel(TwoLayerReluNetwork network, RegressionSamples rows, RegressionSamples columns)
    {
        Tensor readout = tensor(network.GetReadout().ToArray(), float64);
        (Tensor hiddenRows, Tensor hiddenColumns) = (Hidden(network, rows), Hidden(network, columns));
        Tensor readouts = (hiddenRows.sign() * readout).mm((hiddenColumns.sign() * readout).t());
        return (rows.ToTensor().mm(columns.ToTensor().t()) * readouts).addmm_(hiddenRows, hiddenColumns.t());
    }

    private static RidgeResult Fit(Func<KernelRegression> create)
    {
        TorchRuntime.EnsureLoaded();
        using DisposeScope scope = NewDisposeScope();
        double[] ridges = [.. Enumerable.Range(0, Count)
            .Select(i => Math.Pow(10, SmallestExponent + (LargestExponent - SmallestExponent) * i / (Count - 1)))];
        return create().ComputeLosses(Count, (eigenvalue, i) => 1 / (eigenvalue + ridges[i]))
            .Select((loss, i) => new RidgeResult(ridges[i], loss.Training, loss.Validation)).MinBy(result => result.ValidationLoss)!;
    }

    /// <returns>[count, hidden units].</returns>
    private static Tensor Hidden(TwoLayerReluNetwork network, RegressionSamples samples)
    {
        Tensor units = tensor(network.First.Span.ToArray(), [network.Width, network.Stride], float64).narrow(1, 0, network.HiddenUnits);
        return samples.ToTensor().mm(units).relu_();
    }

    private static double Square(double value) => value * value;
}
