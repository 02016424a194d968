using TorchSharp;
using static TorchSharp.torch;

namespace Papers.TeacherStudent;

/// <summary>Trains a ridge classifier on features; the ridge parameter is the one with the least leave-one-out error.</summary>
internal static class LinearHead
{
    private const int SmallestExponent = -8;
    private const int Ridges = 12;

    public static double Accuracy(LearnedFeatures features, BinaryTaskSamples training, BinaryTaskSamples test)
    {
        TorchRuntime.EnsureLoaded();
        using DisposeScope scope = NewDisposeScope();
        Tensor basis = Features(features, training);
        (Tensor spectrum, Tensor vectors) = linalg.eigh(basis.mm(basis.t()));
        Tensor shrunk = Shrunk([.. spectrum.data<double>().ToArray().Select(value => Math.Max(value, 0))]);
        Tensor weights = vectors.mm(vectors.t().mv(Signs(training)).unsqueeze(1) * shrunk);
        // The residual of a row that is left out is its weight over the diagonal of the inverse.
        Tensor leftOut = weights / (vectors * vectors).mm(shrunk);
        Tensor best = weights.select(1, leftOut.norm(0).argmin().item<long>());
        Tensor scores = Features(features, test).mv(basis.t().mv(best));
        return (scores.sign() == Signs(test)).to(float64).mean().item<double>();
    }

    /// <summary>Computes 1 / (eigenvalue + ridge), [eigenvalues, ridges]; ridges are powers of ten times the mean eigenvalue.</summary>
    private static Tensor Shrunk(double[] eigenvalues)
    {
        double mean = eigenvalues.Average();
        var shrunk = new double[eigenvalues.Length, Ridges];
        for (int row = 0; row < eigenvalues.Length; row++)
        {
            for (int ridge = 0; ridge < Ridges; ridge++)
                shrunk[row, ridge] = 1 / (eigenvalues[row] + mean * Math.Pow(10, SmallestExponent + ridge));
        }
        return tensor(shrunk);
    }

    private static Tensor Features(LearnedFeatures features, BinaryTaskSamples samples)
    {
        var hidden = new float[samples.Count * features.NeuronCount];
        for (int row = 0; row < samples.Count; row++)
            features.Compute(samples.GetInput(row), hidden.AsSpan(row * features.NeuronCount, features.NeuronCount));
        return tensor(hidden, [samples.Count, features.NeuronCount], float64);
    }

    private static Tensor Signs(BinaryTaskSamples samples)
        => tensor(Enumerable.Range(0, samples.Count).Select(row => samples.GetLabel(row) > .5 ? 1.0 : -1).ToArray());
}
