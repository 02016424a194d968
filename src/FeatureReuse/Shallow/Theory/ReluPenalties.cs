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
        return value == 0
            ? new Penalty(0, 2, 0, 0)
            : new Penalty(size * value, m == 0 ? 0 : 2 * b / m * readoutMove / value,
                norm * (unlearnt - correlation * normMove) / value, -readout * readoutMove / value);
    }

    /// <summary>
    /// Computes how far the readout and the norm along the pretrained direction move. At a stationary point each follows from the other;
    /// the one with less cancellation is used.
    /// </summary>
    private static (double Readout, double Norm) Moves(double m, double b, double aligned, double readout)
    {
        if (m == 0 || b == 0)
            return (m == 0 ? 0 : -readout, m - aligned);
        double readoutMove = b / m - readout;
        double normMove = m - aligned;
        return Math.Abs(readoutMove) / Math.Abs(b / m) > Math.Abs(normMove) / m
            ? (readoutMove, readoutMove * b / (m * m))
            : (normMove * m * m / b, normMove);
    }

    private static double Cost(double m, double b, double norm, double correlation, double readout)
    {
        double readoutMove = b / m - readout;
        return readoutMove * readoutMove + m * m + norm * norm - 2 * m * norm * correlation;
    }

    /// <summary>Finds the m of the lowest cost, a root of p(m) = m^4 - m0 cos m^3 + v0 b m - b^2; 0 if the unit is switched off.</summary>
    private static double Norm(double b, double norm, double correlation, double readout)
    {
        double aligned = norm * correlation;
        if (b == 0)
        {
            // Either the readout goes to 0 or the unit does.
            return aligned > 0 && readout * readout < aligned * aligned ? aligned : 0;
        }
        double P(double m) => ((m - aligned) * m * m + readout * b) * m - b * b;
        double Slope(double m) => (4 * m - 3 * aligned) * m * m + readout * b;

        // Fujiwara's bound: no positive root is larger. p is monotone between its stationary points, which lie on either side of the turn
        // of its slope.
        double top = 2 * Math.Max(Math.Abs(aligned), Math.Max(Math.Cbrt(Math.Abs(readout * b)), Math.Sqrt(Math.Abs(b))));
        List<double> ends = [0];
        double turn = Math.Max(aligned / 2, 0);
        AddRoot(Slope, 0, turn, ends);
        AddRoot(Slope, turn, top, ends);
        ends.Add(top);
        List<double> stationary = [];
        for (int i = 1; i < ends.Count; i++)
            AddRoot(P, ends[i - 1], ends[i], stationary);
        return stationary.MinBy(m => Cost(m, b, norm, correlation, readout));
    }

    /// <summary>Adds the root, to the last bit, of a function that is monotone between two ends, if it has one there.</summary>
    private static void AddRoot(Func<double, double> function, double low, double high, List<double> roots)
    {
        bool startsBelow = function(low) < 0;
        if (low >= high || startsBelow == function(high) < 0)
            return;
        while (true)
        {
            double middle = low + (high - low) / 2;
            if (middle <= low || middle >= high)
            {
                roots.Add(middle);
                return;
            }
            if (function(middle) < 0 == startsBelow)
                low = middle;
            else
                high = middle;
        }
    }
}
