namespace FeatureReuse;

/// <summary>Computes the penalty of one hidden unit of a two-layer ReLU network.</summary>
public static class ReluPenalties
{
    /// <summary>
    /// Computes the penalty of finetuning (PT+FT): how far a pretrained unit of norm m0 = sqrt(b_aux) and readout v0 must move to
    /// contribute b in another direction, the minimum over m > 0 of (b / m - v0)^2 + m^2 + m0^2 - 2 m m0 cos.
    /// </summary>
    /// <param name="main">The contribution b = (norm of the unit) x (its readout) to the main task.</param>
    /// <param name="auxiliary">The contribution b_aux to the auxiliary task; 0 or more.</param>
    /// <param name="correlation">The cosine of the angle between the pretrained and the new direction; -1 to 1.</param>
    /// <param name="readoutScale">The readout v0 of the unit before finetuning.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range or not finite.</exception>
    public static Penalty Finetuning(double main, double auxiliary, double correlation, double readoutScale = 0)
    {
        Require.Finite(main);
        Require.NotNegative(auxiliary);
        Require.InRange(correlation, -1, 1, nameof(correlation));
        Require.Finite(readoutScale);
        // P is homogeneous of degree one in b, b_aux and v0^2: solve at size one.
        double size = Math.Max(Math.Max(Math.Abs(main), auxiliary), readoutScale * readoutScale);
        if (size == 0)
            return new Penalty(0, 2, 0, 0);
        double b = main / size;
        double norm = Math.Sqrt(auxiliary / size);
        double readout = readoutScale / Math.Sqrt(size);
        double m = Norm(b, norm, correlation, readout);
        (double readoutMove, double normMove) = Moves(m, b, norm * correlation, readout);
        // The part of the pretrained unit that points elsewhere has to be unlearnt.
        double unlearnt = norm * (1 - correlation) * (1 + correlation);
        double value = readoutMove * readoutMove + normMove * normMove + norm * unlearnt;
        return value == 0 ? new Penalty(0, 2, 0, 0) : new Penalty(size * value, m == 0 ? 0 : 2 * b / m * readoutMove / value,
            norm * (unlearnt - correlation * normMove) / value, -readout * readoutMove / value);
    }

    /// <summary>Computes how far the readout and the norm along the pretrained direction move.</summary>
    private static (double Readout, double Norm) Moves(double m, double b, double aligned, double readout)
    {
        if (m == 0 || b == 0)
            return (m == 0 ? 0 : -readout, m - aligned);
        (double readoutMove, double normMove) = (b / m - readout, m - aligned);
        // At a stationary point each follows from the other: the one with less cancellation is used.
        return Math.Abs(readoutMove) / Math.Abs(b / m) > Math.Abs(normMove) / m
            ? (readoutMove, readoutMove * b / (m * m))
            : (normMove * m * m / b, normMove);
    }

    /// <summary>Finds the m of the lowest cost, a root of p(m) = m^4 - m0 cos m^3 + v0 b m - b^2; 0 if the unit is switched off.</summary>
    private static double Norm(double b, double norm, double correlation, double readout)
    {
        double aligned = norm * correlation;
        // Without a contribution, either the readout goes to 0 or the unit does.
        if (b == 0)
            return aligned > 0 && readout * readout < aligned * aligned ? aligned : 0;

        // Fujiwara's bound: no positive root is larger. p is monotone between its stationary points, which lie on either side of the turn
        // of its slope.
        double top = 2 * Math.Max(Math.Abs(aligned), Math.Max(Math.Cbrt(Math.Abs(readout * b)), Math.Sqrt(Math.Abs(b))));
        double turn = Math.Max(aligned / 2, 0);
        return Roots(P, [0, .. Roots(Slope, [0, turn, top]), top]).MinBy(Cost);

        double P(double m) => ((m - aligned) * m * m + readout * b) * m - b * b;
        double Slope(double m) => (4 * m - 3 * aligned) * m * m + readout * b;
        double Cost(double m) => (b / m - readout) * (b / m - readout) + m * m + norm * norm - 2 * m * norm * correlation;
    }

    /// <summary>Finds the roots, to machine precision, of a function that is monotone between each point and the next.</summary>
    private static IEnumerable<double> Roots(Func<double, double> function, double[] points)
    {
        for (int i = 1; i < points.Length; i++)
        {
            (double low, double high) = (points[i - 1], points[i]);
            bool startsBelow = function(low) < 0;
            if (low >= high || startsBelow == function(high) < 0)
                continue;
            double middle;
            while ((middle = low + (high - low) / 2) > low && middle < high)
                (low, high) = function(middle) < 0 == startsBelow ? (middle, high) : (low, middle);
            yield return middle;
        }
    }
}
