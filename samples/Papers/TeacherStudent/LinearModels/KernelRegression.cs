using FeatureReuse;
using TorchSharp;
using static TorchSharp.torch;

namespace Papers.TeacherStudent.LinearModels;

/// <summary>
/// Linear regression in the eigenbasis of a kernel. A method is a filter from eigenvalue to weight, such as 1 / (eigenvalue + ridge);
/// many filters cost little more than one. The tensors belong to the dispose scope that the object was created in.
/// </summary>
internal sealed class KernelRegression
{
    private readonly Tensor _kernel;
    private readonly Tensor _validationKernel;
    private readonly Tensor _vectors;
    private readonly double[] _labels;
    private readonly double[] _validationLabels;
    private readonly double[] _rotatedLabels;

    /// <summary>Creates a regression from the kernels [count, count] and [validation count, count], in float64.</summary>
    public KernelRegression(Tensor kernel, Tensor validationKernel, double[] labels, double[] validationLabels)
    {
        (_kernel, _validationKernel, _labels, _validationLabels) = (kernel, validationKernel, labels, validationLabels);
        (Tensor eigenvalues, _vectors) = linalg.eigh(kernel);
        _rotatedLabels = _vectors.t().mv(tensor(labels)).data<double>().ToArray();
        Eigenvalues = [.. eigenvalues.data<double>().ToArray().Select(value => Math.Max(value, 0))];
    }

    /// <summary>Gets the eigenvalues in ascending order; none is negative.</summary>
    public double[] Eigenvalues { get; }

    /// <summary>Creates a regression on features, [count, features], in float64.</summary>
    public static KernelRegression FromFeatures(Tensor features, Tensor validationFeatures, double[] labels, double[] validationLabels)
        => new(features.mm(features.t()), validationFeatures.mm(features.t()), labels, validationLabels);

    /// <summary>Creates a regression of what the network does not predict on the inputs, each coordinate times a scale.</summary>
    public static KernelRegression FromScaledInputs(
        DiagonalNetwork network, RegressionSamples training, RegressionSamples validation, Func<int, double> scaleOf)
    {
        Tensor scales = tensor([.. Enumerable.Range(0, network.Width).Select(scaleOf)]);
        RegressionSamples.Predictor predict = network.CreatePredictor();
        return FromFeatures(training.ToTensor() * scales, validation.ToTensor() * scales,
            ResidualsOf(training, predict), ResidualsOf(validation, predict));
    }

    /// <summary>Computes label minus prediction for each sample, [count].</summary>
    public static double[] ResidualsOf(RegressionSamples samples, RegressionSamples.Predictor predict)
        => [.. Enumerable.Range(0, samples.Count).Select(row => samples.GetLabel(row) - (double)predict(samples.GetInput(row)))];

    /// <summary>Computes the mean squared errors of each filter, given its weight of an eigenvalue.</summary>
    public (double Training, double Validation)[] ComputeLosses(int filters, Func<double, int, double> weight)
    {
        var filtered = new double[_labels.Length, filters];
        for (int row = 0; row < _labels.Length; row++)
        {
            for (int filter = 0; filter < filters; filter++)
                filtered[row, filter] = _rotatedLabels[row] * weight(Eigenvalues[row], filter);
        }
        Tensor weights = _vectors.mm(tensor(filtered));
        return [.. LossesOf(_kernel.mm(weights), _labels).Zip(LossesOf(_validationKernel.mm(weights), _validationLabels))];
    }

    /// <summary>Computes the mean squared error on the training samples, given the remainder 1 - eigenvalue x weight.</summary>
    public double ComputeTrainingLoss(Func<double, double> remainder)
        => _rotatedLabels.Zip(Eigenvalues, (label, eigenvalue) => Math.Pow(label * remainder(eigenvalue), 2)).Sum() / _labels.Length;

    private static double[] LossesOf(Tensor predictions, double[] labels)
    {
        Tensor errors = predictions - tensor(labels).unsqueeze(1);
        return (errors * errors).mean([0]).data<double>().ToArray();
    }
}
