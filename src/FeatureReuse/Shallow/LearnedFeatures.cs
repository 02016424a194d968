using System.Numerics.Tensors;
using Tensor = TorchSharp.torch.Tensor;

namespace FeatureReuse;

/// <summary>A learnt first layer: the features relu(W x). Immutable.</summary>
public sealed class LearnedFeatures
{
    private readonly float[] _weights;

    internal LearnedFeatures(float[] weights, int width)
    {
        _weights = weights;
        Width = width;
        NeuronCount = weights.Length / width;
    }

    /// <summary>Inputs d.</summary>
    public int Width { get; }

    /// <summary>Features m.</summary>
    public int NeuronCount { get; }

    /// <summary>The weights of a hidden unit, [<see cref="Width"/>].</summary>
    /// <param name="neuron">0 to <see cref="NeuronCount"/> - 1.</param>
    public ReadOnlySpan<float> GetNeuron(int neuron) => _weights.AsSpan(neuron * Width, Width);

    /// <summary>Features of a network that was not trained: normal weights of standard deviation 1 / sqrt(d).</summary>
    /// <param name="width">Inputs d; 1 or more.</param>
    /// <param name="neurons">Features m; 1 or more.</param>
    /// <param name="seed">Of the weights.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public static LearnedFeatures CreateRandom(int width, int neurons, int seed)
    {
        Require.InRange(width, 1, 10_000_000, nameof(width));
        Require.InRange(neurons, 1, 100_000, nameof(neurons));
        var random = new SeededRandom(seed, RandomStream.Weights);
        return new LearnedFeatures([.. Enumerable.Range(0, width * neurons).Select(_ => (float)(random.Normal() / Math.Sqrt(width)))], width);
    }

    /// <summary>relu(W x).</summary>
    /// <param name="input">[<see cref="Width"/>].</param>
    /// <param name="features">Receives them, [<see cref="NeuronCount"/>].</param>
    public void Compute(ReadOnlySpan<float> input, Span<float> features)
    {
        for (int neuron = 0; neuron < NeuronCount; neuron++)
            features[neuron] = Math.Max(TensorPrimitives.Dot(GetNeuron(neuron), input), 0);
    }

    /// <summary>Sine of the largest principal angle between a subspace and the span of the top right singular vectors of W: 0 where it is recovered, 1 where a direction is missed.</summary>
    /// <param name="basis">Orthonormal columns M, [d, r].</param>
    /// <exception cref="ArgumentException">The basis has another height, more columns than W has singular vectors, or is not orthonormal.</exception>
    public double ComputeSubspaceError(double[,] basis)
    {
        TorchRuntime.EnsureLoaded();
        using DisposeScope scope = NewDisposeScope();
        Tensor m = RequireBasis(basis);
        (_, _, Tensor rows) = linalg.svd(WeightMatrix(), fullMatrices: false);
        Tensor right = rows.narrow(0, 0, m.shape[1]);
        // The smallest cosine is the smallest singular value of V^T M; its sine comes from what is left of M, which is exact where the angle is small.
        Tensor left = m - right.t().mm(right.mm(m));
        return Math.Min(linalg.svdvals(left).max().item<double>(), 1);
    }

    /// <summary>||W M||_F^2 / ||W||_F^2, the share of the weights that lies in a subspace.</summary>
    /// <param name="basis">Orthonormal columns M, [d, r].</param>
    /// <exception cref="ArgumentException">The basis has another height or is not orthonormal.</exception>
    public double ComputeSubspaceEnergy(double[,] basis)
    {
        TorchRuntime.EnsureLoaded();
        using DisposeScope scope = NewDisposeScope();
        Tensor weights = WeightMatrix();
        return Math.Pow((weights.mm(RequireBasis(basis)).norm() / weights.norm()).item<double>(), 2);
    }

    /// <summary>The singular values of W, the largest first.</summary>
    public double[] ComputeSingularValues()
    {
        TorchRuntime.EnsureLoaded();
        using DisposeScope scope = NewDisposeScope();
        return linalg.svdvals(WeightMatrix()).data<double>().ToArray();
    }

    /// <summary>exp of the entropy of the normalised singular values (Roy and Vetterli 2007): how many directions W has, where no subspace is known.</summary>
    public double ComputeEffectiveRank()
    {
        double[] spectrum = ComputeSingularValues();
        double sum = spectrum.Sum();
        return Math.Exp(-spectrum.Where(value => value > 0).Sum(value => value / sum * Math.Log(value / sum)));
    }

    internal ReadOnlyMemory<float> Weights => _weights;

    internal Tensor ToTensor() => tensor(_weights, [NeuronCount, Width]);

    private Tensor WeightMatrix() => tensor(_weights, [NeuronCount, Width], float64);

    private Tensor RequireBasis(double[,] basis)
    {
        (int rows, int columns) = (Require.NotNull(basis).GetLength(0), basis.GetLength(1));
        if (rows != Width || columns > Math.Min(Width, NeuronCount))
        {
            throw new ArgumentException($"The basis is {rows} x {columns}; it must have {Width} rows and at most {Math.Min(Width, NeuronCount)} columns.", nameof(basis));
        }
        Tensor m = tensor(basis);
        double error = (m.t().mm(m) - eye(columns, dtype: float64)).norm().item<double>();
        return error < 1e-6 ? m : throw new ArgumentException(FormattableString.Invariant($"The columns of the basis are not orthonormal (off by {error:E1})."), nameof(basis));
    }
}
