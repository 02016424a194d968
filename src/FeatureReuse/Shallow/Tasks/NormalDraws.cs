using System.Numerics.Tensors;

namespace FeatureReuse;

/// <summary>Draws normal numbers and orthonormal vectors.</summary>
internal static class NormalDraws
{
    public static void FillNormal(this SeededRandom random, Span<float> values, double deviation = 1)
    {
        foreach (ref float value in values)
            value = (float)(deviation * random.Normal());
    }

    /// <summary>Orthogonalises normal vectors by Gram and Schmidt's method, each vector twice for accuracy.</summary>
    public static double[][] DrawOrthonormal(this SeededRandom random, int dimension, int count)
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
