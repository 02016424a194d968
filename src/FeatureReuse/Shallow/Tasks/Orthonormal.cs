using System.Numerics.Tensors;

namespace FeatureReuse;

/// <summary>Draws random orthonormal vectors.</summary>
internal static class Orthonormal
{
    /// <summary>Orthogonalises normal vectors by Gram and Schmidt's method, each vector twice for accuracy.</summary>
    public static double[][] Draw(int dimension, int count, SeededRandom random)
    {
        var vectors = new double[count][];
        for (int v = 0; v < count; v++)
        {
            double[] vector = [.. Enumerable.Range(0, dimension).Select(_ => random.Normal())];
            foreach (double[] earlier in vectors[..v].Concat(vectors[..v]))
            {
                double along = TensorPrimitives.Dot<double>(earlier, vector);
                for (int i = 0; i < dimension; i++)
                    vector[i] -= along * earlier[i];
            }
            double norm = Math.Sqrt(TensorPrimitives.Dot<double>(vector, vector));
            vectors[v] = [.. vector.Select(value => value / norm)];
        }
        return vectors;
    }
}
