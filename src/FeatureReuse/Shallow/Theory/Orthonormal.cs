using System.Numerics.Tensors;

namespace FeatureReuse;

/// <summary>Random orthonormal vectors.</summary>
internal static class Orthonormal
{
    /// <summary>By Gram and Schmidt on normal vectors, each one twice over.</summary>
    public static double[][] Vectors(int dimension, int count, SeededRandom random)
    {
        var vectors = new double[count][];
        for (int v = 0; v < count; v++)
        {
            double[] vector = [.. Enumerable.Range(0, dimension).Select(_ => random.Normal())];
            for (int pass = 0; pass < 2; pass++)
            {
                foreach (double[] earlier in vectors[..v])
                {
                    double along = Dot(earlier, vector);
                    for (int i = 0; i < dimension; i++)
                        vector[i] -= along * earlier[i];
                }
            }
            double norm = Math.Sqrt(Dot(vector, vector));
            vectors[v] = [.. vector.Select(value => value / norm)];
        }
        return vectors;
    }

    public static double Dot(double[] first, double[] second) => TensorPrimitives.Dot<double>(first, second);
}
