namespace FeatureReuse;

/// <summary>
/// Linear regression in the eigenbasis of a kernel: a method is a filter g that turns an eigenvalue into the weight of its direction, 1 / (eigenvalue + ridge)
/// for ridge regression; many filters cost little more than one. Its tensors belong to the dispose scope that it was made in.
/// </summary>
internal sealed class KernelRegression
{
    private readonly Tensor _kernel;
    private readonly Tensor _validationKernel;
    private readonly Tensor _vectors;
    private readonly double[] _labels;
    private readonly double[] _validationLabels;
    private readonly double[] _turnedLabels;

    /// <param name="kernel">Of the training samples, [count, count], in float64.</param>
    /// <param name="validationKernel">Of the validation samples with the training samples, [validation count, count].</param>
    /// <param name="labels">What is to be fitted.</param>
    /// <param name="validationLabels">The same for the validation samples.</param>
    public KernelRegression(Tensor kernel, Tensor validationKernel, double[] labels, double[] validationLabels)
    {
        (_kernel, _validationKernel, _labels, _validationLabels) = (kernel, validationKernel, labels, validationLabels);
        (Tensor eigenvalues, _vectors) = linalg.eigh(kernel);
        _turnedLabels = _vectors.t().mv(tensor(labels)).data<double>().ToArray();
        Eigenvalues = [.. eigenvalues.data<double>().ToArray().Select(value => Math.Max(value, 0))];
    }

    /// <summary>Not negative, in ascending order.</summary>
    public double[] Eigenvalues { get; }

    /// <summary>The spectrum of the features' inner products.</summary>
    /// <param name="features">Of the training samples, a row each, in float64.</param>
    /// <param name="validationFeatures">Of the validation samples.</param>
    /// <param name="labels">What is to be fitted.</param>
    /// <param name="validationLabels">The same for the validation samples.</param>
    public static KernelRegression OfFeatures(Tensor features, Tensor validationFeatures, double[] labels, double[] validationLabels)
        => new(features.mm(features.t()), validationFeatures.mm(features.t()), labels, validationLabels);

    /// <summary>Mean squared errors of each filter.</summary>
    /// <param name="filters">How many there are.</param>
    /// <param name="weight">g, given an eigenvalue and the number of the filter.</param>
    public (double Training, double Validation)[] Losses(int filters, Func<double, int, double> weight)
    {
        var filtered = new double[_labels.Length, filters];
        for (int row = 0; row < _labels.Length; row++)
        {
            for (int filter = 0; filter < filters; filter++)
                filtered[row, filter] = _turnedLabels[row] * weight(Eigenvalues[row], filter);
        }
        Tensor weights = _vectors.mm(tensor(filtered));
        return [.. Losses(_kernel.mm(weights), _labels).Zip(Losses(_validationKernel.mm(weights), _validationLabels))];
    }

    /// <summary>The mean squared error on the training samples alone, which needs no product with the kernel.</summary>
    /// <param name="remainder">1 - eigenvalue g(eigenvalue): what is left of a direction's label.</param>
    public double TrainingLoss(Func<double, double> remainder)
        => Enumerable.Range(0, _labels.Length).Sum(i => Math.Pow(_turnedLabels[i] * remainder(Eigenvalues[i]), 2)) / _labels.Length;

    /// <summary>Of each column.</summary>
    private static double[] Losses(Tensor predictions, double[] labels)
    {
        Tensor errors = predictions - tensor(labels).unsqueeze(1);
        return (errors * errors).mean([0]).data<double>().ToArray();
    }
}
