using System.Numerics.Tensors;

namespace FeatureReuse;

/// <summary>Draws binary tasks: the sides of random half-spaces in a hidden subspace. Source: Collins et al., arXiv 2307.06887.</summary>
public sealed class SubspaceTasks
{
    private readonly double[,] _basis;
    private readonly double[][] _normals;
    private readonly SeededRandom _random;

    /// <summary>Draws the subspace and the tasks.</summary>
    /// <param name="dimension">The number of inputs d; 1 to 100,000.</param>
    /// <param name="subspace">The dimension r of the subspace; 1 to d.</param>
    /// <param name="tasks">The number of tasks T; 1 to 1,000,000.</param>
    /// <param name="seed">The seed of subspace, tasks and samples.</param>
    /// <param name="taskSeed">Draws other tasks on the same subspace, such as a downstream task. Default 0; 0 to 1000.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public SubspaceTasks(int dimension, int subspace, int tasks, int seed, int taskSeed = 0)
    {
        Require.InRange(dimension, 1, 100_000, nameof(dimension));
        Require.InRange(subspace, 1, dimension, nameof(subspace));
        Require.InRange(tasks, 1, 1_000_000, nameof(tasks));
        Require.InRange(taskSeed, 0, 1000, nameof(taskSeed));
        double[][] columns = new SeededRandom(seed, RandomStream.Teachers).DrawOrthonormal(dimension, subspace);
        _basis = new double[dimension, subspace];
        for (int at = 0; at < _basis.Length; at++)
            _basis[at / subspace, at % subspace] = columns[at % subspace][at / subspace];
        var random = new SeededRandom(seed, RandomStream.Tasks + taskSeed * 10_000);
        _normals = [.. Enumerable.Range(0, tasks).Select(_ => Enumerable.Range(0, subspace).Select(_ => random.Normal()).ToArray())];
        _random = new SeededRandom(seed, RandomStream.Samples + taskSeed);
        Dimension = dimension;
    }

    /// <summary>Gets the number of inputs d.</summary>
    public int Dimension { get; }

    /// <summary>Gets an orthonormal basis of the subspace: the columns of M, [d, r].</summary>
    public double[,] Basis => (double[,])_basis.Clone();

    /// <summary>Draws the next samples. Not safe for concurrent use.</summary>
    /// <param name="count">1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is out of its range.</exception>
    public BinaryTaskSamples Draw(int count)
    {
        Require.InRange(count, 1, int.MaxValue / Math.Max(Dimension, _normals.Length), nameof(count));
        var inputs = new float[count * Dimension];
        var labels = new float[count * _normals.Length];
        var projection = new double[_basis.GetLength(1)];
        for (int row = 0; row < count; row++)
        {
            Span<float> input = inputs.AsSpan(row * Dimension, Dimension);
            _random.FillNormal(input);
            for (int column = 0; column < projection.Length; column++)
            {
                projection[column] = 0;
                for (int i = 0; i < Dimension; i++)
                    projection[column] += _basis[i, column] * input[i];
            }
            for (int task = 0; task < _normals.Length; task++)
                labels[row * _normals.Length + task] = TensorPrimitives.Dot<double>(_normals[task], projection) > 0 ? 1 : 0;
        }
        return new BinaryTaskSamples(Dimension, _normals.Length, inputs, labels);
    }
}
