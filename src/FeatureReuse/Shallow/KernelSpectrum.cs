using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace FeatureReuse.Shallow;

/// <summary>
/// Linear regression in the eigenbasis of a kernel: a method is a filter g that turns an eigenvalue into the weight of its direction, 1 / (eigenvalue + ridge)
/// for ridge regression; many filters cost little more than one.
/// </summary>
internal sealed class KernelSpectrum
{
    private readonly Matrix<double> _kernel;
    private readonly Matrix<double> _validationKernel;
    private readonly double[] _labels;
    private readonly double[] _validationLabels;
    private readonly Matrix<double> _vectors;
    private readonly Vector<double> _turnedLabels;

    /// <param name="features">Of the training samples, a row each.</param>
    /// <param name="validationFeatures">Of the validation samples.</param>
    /// <param name="labels">What is to be fitted.</param>
    /// <param name="validationLabels">The same for the validation samples.</param>
    public KernelSpectrum(double[][] features, double[][] validationFeatures, double[] labels, double[] validationLabels)
        : this(Products(features, features), Products(validationFeatures, features), labels, validationLabels)
    {
    }

    public KernelSpectrum(Matrix<double> kernel, Matrix<double> validationKernel, double[] labels, double[] validationLabels)
    {
        (_kernel, _validationKernel, _labels, _validationLabels) = (kernel, validationKernel, labels, validationLabels);
        Evd<double> spectrum = kernel.Evd(Symmetricity.Symmetric);
        _vectors = spectrum.EigenVectors;
        _turnedLabels = _vectors.TransposeThisAndMultiply(DenseVector.OfArray(labels));
        Eigenvalues = [.. spectrum.EigenValues.Select(value => Math.Max(value.Real, 0))];
    }

    /// <summary>Not negative, in ascending order.</summary>
    public double[] Eigenvalues { get; }

    /// <summary>Mean squared errors of each filter.</summary>
    /// <param name="filters">How many there are.</param>
    /// <param name="weight">g, given an eigenvalue and the number of the filter.</param>
    public (double Training, double Validation)[] Losses(int filters, Func<double, int, double> weight)
    {
        Matrix<double> filtered = DenseMatrix.Create(_labels.Length, filters, (row, column) => _turnedLabels[row] * weight(Eigenvalues[row], column));
        Matrix<double> weights = _vectors * filtered;
        Matrix<double> training = _kernel * weights;
        Matrix<double> validation = _validationKernel * weights;
        return [.. Enumerable.Range(0, filters).Select(i => (Loss(training.Column(i), _labels), Loss(validation.Column(i), _validationLabels)))];
    }

    /// <summary>Inner products of all rows with all rows.</summary>
    public static Matrix<double> Products(double[][] rows, double[][] columns)
        => DenseMatrix.Create(rows.Length, columns.Length, (row, column) => TensorPrimitives.Dot<double>(rows[row], columns[column]));

    /// <summary>The mean squared error on the training samples alone, which needs no product with the kernel.</summary>
    /// <param name="remainder">1 - eigenvalue g(eigenvalue): what is left of a direction's label.</param>
    public double TrainingLoss(Func<double, double> remainder)
        => Enumerable.Range(0, _labels.Length).Sum(i => Math.Pow(_turnedLabels[i] * remainder(Eigenvalues[i]), 2)) / _labels.Length;

    private static double Loss(Vector<double> predictions, double[] labels) => Math.Pow(TensorPrimitives.Distance<double>(predictions.AsArray(), labels), 2) / labels.Length;
}
