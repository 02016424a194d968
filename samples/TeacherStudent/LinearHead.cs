using FeatureReuse.Shallow;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace TeacherStudent;

/// <summary>A ridge-regression classifier on features; the ridge parameter is the one with the least leave-one-out error.</summary>
internal static class LinearHead
{
    public static double Accuracy(MultiTaskFeatures features, MultiTaskSamples training, MultiTaskSamples test)
    {
        Matrix<double> basis = Features(features, training);
        Vector<double> labels = Signs(training);
        Matrix<double> kernel = basis.TransposeAndMultiply(basis);
        Evd<double> spectrum = kernel.Evd(Symmetricity.Symmetric);
        Vector<double> eigenvalues = DenseVector.OfEnumerable(spectrum.EigenValues.Select(value => Math.Max(value.Real, 0)));
        double size = eigenvalues.Sum() / eigenvalues.Count;
        Vector<double> weights = Enumerable.Range(-8, 12).Select(exponent => Fit(spectrum.EigenVectors, eigenvalues, labels, size * Math.Pow(10, exponent))).MinBy(fit => fit.LeaveOneOut).Weights;
        Vector<double> scores = Features(features, test) * basis.TransposeThisAndMultiply(weights);
        Vector<double> expected = Signs(test);
        return Enumerable.Range(0, test.Count).Average(row => scores[row] * expected[row] > 0 ? 1.0 : 0);
    }

    private static (double LeaveOneOut, Vector<double> Weights) Fit(Matrix<double> vectors, Vector<double> eigenvalues, Vector<double> labels, double ridge)
    {
        Vector<double> shrunk = eigenvalues.Map(value => 1 / (value + ridge));
        Vector<double> weights = vectors * (vectors.TransposeThisAndMultiply(labels).PointwiseMultiply(shrunk));
        // The residual of a row that is left out is its weight over the diagonal of the inverse.
        double error = 0;
        for (int row = 0; row < labels.Count; row++)
        {
            double diagonal = vectors.Row(row).PointwiseMultiply(vectors.Row(row)).DotProduct(shrunk);
            error += Math.Pow(weights[row] / diagonal, 2);
        }
        return (error, weights);
    }

    private static Matrix<double> Features(MultiTaskFeatures features, MultiTaskSamples samples)
    {
        var hidden = new float[features.NeuronCount];
        return DenseMatrix.OfRows(samples.Count, features.NeuronCount, Enumerable.Range(0, samples.Count).Select(row =>
        {
            features.Compute(samples.InputOf(row), hidden);
            return hidden.Select(value => (double)value).ToArray();
        }));
    }

    private static Vector<double> Signs(MultiTaskSamples samples) => DenseVector.OfEnumerable(Enumerable.Range(0, samples.Count).Select(row => samples.LabelOf(row) > .5 ? 1.0 : -1));
}
