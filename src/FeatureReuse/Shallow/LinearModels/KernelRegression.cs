namespace FeatureReuse;

/// <summary>
/// Linear regression in the eigenbasis of a kernel. A method is a filter that turns an eigenvalue into the weight of its direction, such as
/// 1 / (eigenvalue + ridge); many filters cost little more than one. The tensors belong to the dispose scope that the object was created in.
/// </summary>
internal sealed class KernelRegression
{
    private readonly Tensor _kernel;
    private readonly Tensor _validationKernel;
    private readonly Tensor _vectors;
    private readonly double[] _labels;
    private readonly double[] _validationLabels;
    private readonly double[] _rotatedLabels;

    /// <param name="kernel">The kernel of the training samples, [count, count], in float64.</param>
    /// <param name="validationKernel">The kernel of the validation samples with the training samples, [validation count, count].</param>
    /// <param name="labels">The labels of the training samples.</param>
    /// <param name="validationLabels">The labels of the validation samples.</param>
    public KernelRegression(Tensor kernel, Tensor validationKernel, double[] labels, double[] validationLabels)
    {
        (_kernel, _validationKernel, _labels, _validationLabels) = (kernel, validationKernel, labels, validationLabels);
        (Tensor eigenvalues, _vectors) = linalg.eigh(kernel);
        _rotatedLabels = _vectors.t().mv(tensor(labels)).data<double>().ToArray();
        Eigenvalues = [.. eigenvalues.data<double>().ToArray().Select(value => Math.Max(value, 0))];
    }

    /// <summary>Gets the eigenvalues in ascending order; none is negative.</summary>
    public double[] Eigenvalues { get; }

    /// <summary>Creates a regression on features.</summary>
    /// <param name="features">The features of the training samples, [count, features], in float64.</param>
    /// <param name="validationFeatures">The features of the validation samples.</param>
    /// <param name="labels">The labels of the training samples.</param>
    /// <param name="validationLabels">The labels of the validation samples.</param>
    public static KernelRegression FromFeatures(Tensor features, Tensor validationFeatures, double[] labels, double[] validationLabels)
        => new(features.mm(features.t()), validationFeatures.mm(features.t()), labels, validationLabels);

    /// <summary>Creates a regression of what the network does not predict on the inputs, each coordinate times a scale.</summary>
    public static KernelRegression FromScaledInputs(
        DiagonalNetwork network, RegressionSamples training, RegressionSamples validation, Func<int, double> scaleOf)
    {
        Tensor scales = tensor([.. Enumerable.Range(0, network.Width).Select(scaleOf)]);
        RegressionSamples.Predictor predict = network.CreatePredictor();
        return FromFeatures(training.ToTensor() * scales, validation.ToTensor() * scales,
            training.ComputeResiduals(predict), validation.ComputeResiduals(predict));
    }

    /// <summary>Computes the mean squared errors of each filter.</summary>
    /// <param name="filters">The number of filters.</param>
    /// <param name="weight">Computes the weight of a direction, given its eigenvalue and the number of the filter.</param>
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

    /// <summary>Computes the mean squared error on the training samples alone, which needs no product with the kernel.</summary>
    /// <param name="remainder">Computes 1 - eigenvalue x weight: the fraction of a direction's label that is not fitted.</param>
    public double ComputeTrainingLoss(Func<double, double> remainder)
        => _rotatedLabels.Zip(Eigenvalues, (label, eigenvalue) => Math.Pow(label * remainder(eigenvalue), 2)).Sum() / _labels.Length;

    private static double[] LossesOf(Tensor predictions, double[] labels)
    {
        Tensor errors = predictions - tensor(labels).unsqueeze(1);
        return (errors * errors).mean([0]).data<double>().ToArray();
    }
}
