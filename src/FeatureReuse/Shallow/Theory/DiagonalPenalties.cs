namespace FeatureReuse;

/// <summary>Computes the penalties that gradient descent on diagonal linear networks minimises for each coordinate.</summary>
public static class DiagonalPenalties
{
    /// <summary>Computes k q(2 b / k) for PT+FT, with k = |b_aux| + g^2 and q(z) = 2 - sqrt(4 + z^2) + z asinh(z / 2).</summary>
    /// <param name="main">The main task's coefficient b.</param>
    /// <param name="auxiliary">The pretrained coefficient b_aux of the auxiliary task; after rescaling by alpha, alpha^2 times it.</param>
    /// <param name="readoutScale">The scale g of the re-initialised readout; 0 or more.</param>
    /// <returns>The penalty; infinite where <paramref name="auxiliary"/> and <paramref name="readoutScale"/> are both 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, or the readout scale negative.</exception>
    public static Penalty Finetuning(double main, double auxiliary, double readoutScale = 0)
    {
        Require.Finite(main);
        Require.Finite(auxiliary);
        Require.NotNegative(readoutScale);
        double readout = readoutScale * readoutScale;
        double k = Math.Abs(auxiliary) + readout;
        double z = 2 * Math.Abs(main) / k;
        if (k == 0 || double.IsInfinity(z))
            return main == 0 ? new Penalty(0, 2, -1, 0) : new Penalty(double.PositiveInfinity, 1, 0, 0);
        double steep = z * Math.Asinh(z / 2);
        // 2 - sqrt(4 + z^2) without cancellation.
        double q = steep - z * (z / (2 + double.Hypot(2, z)));
        // z^2 would underflow for the smallest z: q is z^2 / 4 there.
        (double value, double lOrder) = z < 1e-150 ? (main * main / k, 2) : (k * q, steep / q);
        // P is homogeneous: the remaining order, 1 - l-order, divides between the two parts of k by their sizes.
        return new Penalty(value, lOrder, (1 - lOrder) * (Math.Abs(auxiliary) / k), (1 - lOrder) * (readout / k));
    }

    /// <summary>Computes sqrt(b^2 + b_aux^2) - |b_aux| for MTL: the l1,2 norm minus the cost of the auxiliary task alone.</summary>
    /// <param name="main">The main task's coefficient b.</param>
    /// <param name="auxiliary">The auxiliary task's coefficient b_aux.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite.</exception>
    public static Penalty MultiTask(double main, double auxiliary)
    {
        Require.Finite(main);
        Require.Finite(auxiliary);
        double norm = double.Hypot(main, auxiliary);
        if (norm == 0)
            return new Penalty(0, 1, 0, 0);
        double share = Math.Abs(auxiliary) / norm;
        return new Penalty(Math.Abs(main) * (Math.Abs(main) / (norm + Math.Abs(auxiliary))), 1 + share, -share, 0);
    }
}
