using System.Numerics.Tensors;
using static System.FormattableString;
using Tensor = TorchSharp.torch.Tensor;

namespace FeatureReuse;

/// <summary>A learnt first layer W, whose features are relu(W x). Immutable.</summary>
public sealed class LearnedFeatures
{
    private readonly float[] _weights;

    internal LearnedFeatures(float[] weights, int width) => (_weights, Width) = (weights, width);

    /// <summary>Gets the number of inputs d.</summary>
    public int Width { get; }

    /// <summary>Gets the number of features m.</summary>
    public int NeuronCount => _weights.Length / Width;

    internal ReadOnlyMemory<float> Weights => _weights;

    /// <summary>Gets the weights of a hidden unit, [<see cref="Width"/>].</summary>
    /// <param name="neuron">0 to <see cref="NeuronCount"/> - 1.</param>
    public ReadOnlySpan<float> GetNeuron(int neuron) => _weights.AsSpan(neuron * Width, Width);

    /// <summary>Computes the features relu(W x) of one input.</summary>
    /// <param name="input">x, [<see cref="Width"/>].</param>
    /// <param name="features">Receives the features, [<see cref="NeuronCount"/>].</param>
    public void Compute(ReadOnlySpan<float> input, Span<float> features)
    {
        for (int neuron = 0; neuron < NeuronCount; neuron++)
            features[neuron] = Math.Max(TensorPrimitives.Dot(GetNeuron(neuron), input), 0);
    }

    /// <summary>
    /// Computes the sine of the largest principal angle between a subspace and the span of the top right singular vectors of W: 0 if the
    /// subspace is recovered, 1 if one of its directions is missing.
    /// </summary>
    /// <param name="basis">Orthonormal columns M, [d, r].</param>
    /// <exception cref="ArgumentException">The basis does not have d rows, has too many columns, or is not orthonormal.</exception>
    public double ComputeSubspaceError(double[,] basis)
    {
        using DisposeScope scope = NewScope();
        Tensor m = RequireBasis(basis);
        Tensor right = linalg.svd(ToTensor(), fullMatrices: false).Vh.narrow(0, 0, m.shape[1]);
        // The smallest singular value of V^T M is the cosine. What is left of M gives the sine, accurately also for small angles.
        Tensor left = m - right.t().mm(right.mm(m));
        return Math.Min(linalg.svdvals(left).max().item<double>(), 1);
    }

    /// <summary>Computes ||W M||_F^2 / ||W||_F^2, the fraction of the weights' energy that lies in a subspace.</summary>
    /// <param name="basis">Orthonormal columns M, [d, r].</param>
    /// <exception cref="ArgumentException">The basis does not have d rows, has too many columns, or is not orthonormal.</exception>
    public double ComputeSubspaceEnergy(double[,] basis)
    {
        using DisposeScope scope = NewScope();
        Tensor weights = ToTensor();
        return Math.Pow((weights.mm(RequireBasis(basis)).norm() / weights.norm()).item<double>(), 2);
    }

    /// <summary>Computes the singular values of W, the largest first.</summary>
    public double[] ComputeSingularValues()
    {
        using DisposeScope scope = NewScope();
        return linalg.svdvals(ToTensor()).data<double>().ToArray();
    }

    /// <summary>Computes the effective rank of W: exp of the entropy of its normalised singular values (Roy and Vetterli 2007).</summary>
    public double ComputeEffectiveRank()
    {
        double[] values = ComputeSingularValues();
        double sum = values.Sum();
        return Math.Exp(-values.Where(value => value > 0).Sum(value => value / sum * Math.Log(value / sum)));
    }

    private static DisposeScope NewScope()
    {
        TorchRuntime.EnsureLoaded();
        return NewDisposeScope();
    }

    private Tensor ToTensor() => tensor(_weights, [NeuronCount, Width], float64);

    private Tensor RequireBasis(double[,] basis)
    {
        (int rows, int columns) = (Require.NotNull(basis).GetLength(0), basis.GetLength(1));
        int limit = Math.Min(Width, NeuronCount);
        if (rows != Width || columns > limit)
            throw new ArgumentException($"The basis is {rows} x {columns}; it must be {Width} x at most {limit}.", nameof(basis));
        Tensor m = tensor(basis);
        double error = (m.t().mm(m) - eye(columns, dtype: float64)).norm().item<double>();
        if (!(error < 1e-6))
            throw new ArgumentException(Invariant($"The basis is not orthonormal (off by {error:E1})."), nameof(basis));
        return m;
    }
}
