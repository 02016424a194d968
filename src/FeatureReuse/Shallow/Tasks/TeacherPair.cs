namespace FeatureReuse;

/// <summary>An auxiliary and a main task whose labels come from known teachers, without noise.</summary>
public sealed class TeacherPair
{
    private readonly RegressionSamples.Predictor[] _teachers;
    private readonly bool _normalizes;
    private readonly int _seed;

    private TeacherPair(int dimension, RegressionSamples.Predictor auxiliary, RegressionSamples.Predictor main, bool normalizes, int seed)
        => (Dimension, _teachers, _normalizes, _seed) = (dimension, [auxiliary, main], normalizes, seed);

    /// <summary>Gets the number of inputs of a sample.</summary>
    public int Dimension { get; }

    /// <summary>Creates sparse linear teachers. Inputs are normal, each sample scaled to mean square 1.</summary>
    /// <param name="options">The numbers of coordinates and the scales.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range; the message names it.</exception>
    public static TeacherPair CreateDiagonal(DiagonalTeacherOptions options)
    {
        (float[] auxiliary, float[] main) = GetDiagonalCoefficients(options);
        return new TeacherPair(options.Dimension, Linear(auxiliary), Linear(main), normalizes: true, options.Seed);
    }

    /// <summary>Creates teachers that are sums of ReLU units. Inputs are standard normal.</summary>
    /// <param name="options">The numbers of units, their correlations and the scales.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range; the message names it.</exception>
    public static TeacherPair CreateRelu(ReluTeacherOptions options)
    {
        Require.NotNull(options).Validate();
        var random = new SeededRandom(options.Seed, RandomStream.Teachers);
        (int auxiliaryUnits, int units) = (options.AuxiliaryUnits, options.Correlations.Count);
        (double auxiliarySize, double mainSize) = options.SizesOf(auxiliaryUnits, units);
        // The auxiliary task is drawn first, so that it is the same for every main task of the seed. Its signs are balanced.
        int[] signs = [.. Enumerable.Range(0, auxiliaryUnits).Select(i => i % 2 == 0 ? 1 : -1)];
        random.Shuffle<int>(signs);
        double[][] basis = random.DrawOrthonormal(options.Dimension, Math.Min(options.Dimension, auxiliaryUnits + units));
        var main = new double[units][];
        int next = auxiliaryUnits;
        for (int unit = 0; unit < units; unit++)
        {
            double along = options.Correlations[unit];
            double across = Math.Sqrt((1 - along) * (1 + along));
            double[] own = across > 0 ? basis[next++] : basis[unit];
            main[unit] = [.. basis[unit].Select((value, i) => along * value + across * own[i])];
        }
        return new TeacherPair(options.Dimension, SumOfUnits(basis, [.. signs.Select(sign => sign * auxiliarySize)]),
            SumOfUnits(main, [.. signs.Take(units).Select(sign => sign * mainSize)]), normalizes: false, options.Seed);
    }

    /// <summary>Draws samples. The same seed, task and purpose give the same samples.</summary>
    /// <param name="task">The task whose labels to compute.</param>
    /// <param name="count">The number of samples; 1 or more.</param>
    /// <param name="purpose">The number of an independent draw, such as 0 for training and 1 for validation; 0 to 1000.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count or the purpose is out of its range.</exception>
    public RegressionSamples Sample(TeacherTask task, int count, int purpose = 0)
    {
        Require.Defined(task, nameof(task));
        Require.InRange(count, 1, int.MaxValue / Dimension, nameof(count));
        Require.InRange(purpose, 0, 1000, nameof(purpose));
        var random = new SeededRandom(_seed, RandomStream.Samples + 2 * purpose + (int)task);
        var inputs = new float[count * Dimension];
        var labels = new float[count];
        for (int row = 0; row < count; row++)
        {
            Span<float> input = inputs.AsSpan(row * Dimension, Dimension);
            random.FillNormal(input);
            if (_normalizes)
                ScaleToMeanSquareOne(input);
            labels[row] = _teachers[(int)task](input);
        }
        return new RegressionSamples(Dimension, inputs, labels);
    }

    /// <summary>Computes the coefficients of <see cref="CreateDiagonal"/>, [d] for each task.</summary>
    internal static (float[] Auxiliary, float[] Main) GetDiagonalCoefficients(DiagonalTeacherOptions options)
    {
        Require.NotNull(options).Validate();
        var random = new SeededRandom(options.Seed, RandomStream.Teachers);
        int[] coordinates = [.. Enumerable.Range(0, options.Dimension)];
        random.Shuffle<int>(coordinates);
        (float[] auxiliary, float[] main) = (new float[options.Dimension], new float[options.Dimension]);
        (double auxiliarySize, double mainSize) = options.SizesOf(options.AuxiliaryActive, options.Active);
        int firstMain = options.AuxiliaryActive - options.SharedActive;
        for (int i = 0; i < firstMain + options.Active; i++)
        {
            float sign = random.Next(2) == 0 ? 1 : -1;
            if (i < options.AuxiliaryActive)
                auxiliary[coordinates[i]] = sign * (float)auxiliarySize;
            if (i >= firstMain)
                main[coordinates[i]] = sign * (float)mainSize;
        }
        return (auxiliary, main);
    }

    private static RegressionSamples.Predictor Linear(float[] coefficients) => input =>
    {
        double sum = 0;
        for (int i = 0; i < coefficients.Length; i++)
            sum += (double)coefficients[i] * input[i];
        return (float)sum;
    };

    private static RegressionSamples.Predictor SumOfUnits(double[][] units, double[] readouts) => input =>
    {
        double sum = 0;
        for (int unit = 0; unit < readouts.Length; unit++)
        {
            double activation = 0;
            for (int i = 0; i < input.Length; i++)
                activation += units[unit][i] * input[i];
            sum += readouts[unit] * Math.Max(activation, 0);
        }
        return (float)sum;
    };

    private static void ScaleToMeanSquareOne(Span<float> input)
    {
        double sum = 0;
        foreach (float value in input)
            sum += (double)value * value;
        float factor = (float)(1 / Math.Sqrt(sum / input.Length));
        foreach (ref float value in input)
            value *= factor;
    }
}
