namespace FeatureReuse;

/// <summary>An auxiliary and a main task whose labels come from known teachers, without noise. Samples are drawn anew for each purpose, from the seed.</summary>
public sealed class TeacherPair
{
    private readonly Teacher _auxiliary;
    private readonly Teacher _main;
    private readonly Action<Span<float>>? _normalize;
    private readonly int _seed;

    private delegate float Teacher(ReadOnlySpan<float> input);

    private TeacherPair(int dimension, Teacher auxiliary, Teacher main, Action<Span<float>>? normalize, int seed)
    {
        Dimension = dimension;
        _auxiliary = auxiliary;
        _main = main;
        _normalize = normalize;
        _seed = seed;
    }

    /// <summary>Inputs a sample.</summary>
    public int Dimension { get; }

    /// <summary>Sparse linear teachers. Inputs are normal, each sample scaled to mean square 1.</summary>
    /// <param name="options">Sizes of the supports and the weights.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range; the message names it.</exception>
    public static TeacherPair CreateDiagonal(DiagonalTeacherOptions options)
    {
        Require.NotNull(options).Validate();
        (float[] auxiliary, float[] main) = GetDiagonalCoefficients(options);
        return new TeacherPair(options.Dimension, Linear(auxiliary), Linear(main), ToMeanSquareOne, options.Seed);
    }

    /// <summary>The coefficients of <see cref="CreateDiagonal"/>.</summary>
    /// <param name="options">Sizes of the supports and the weights.</param>
    /// <returns>Of the auxiliary and of the main task, [d] each.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range; the message names it.</exception>
    public static (float[] Auxiliary, float[] Main) GetDiagonalCoefficients(DiagonalTeacherOptions options)
    {
        Require.NotNull(options).Validate();
        var random = new SeededRandom(options.Seed, RandomStream.Teachers);
        var coordinates = new int[options.Dimension];
        for (int i = 0; i < coordinates.Length; i++)
            coordinates[i] = i;
        random.Shuffle<int>(coordinates);
        var auxiliary = new float[options.Dimension];
        var main = new float[options.Dimension];
        float auxiliarySize = (float)SizeOf(options.AuxiliaryScale, options.AuxiliaryActive);
        float mainSize = (float)(SizeOf(options.Scale, options.Active) * options.Magnitude);
        int ownStart = options.AuxiliaryActive - options.SharedActive;
        for (int i = 0; i < ownStart + options.Active; i++)
        {
            float sign = random.Next(2) == 0 ? 1 : -1;
            if (i < options.AuxiliaryActive)
                auxiliary[coordinates[i]] = sign * auxiliarySize;
            if (i >= ownStart)
                main[coordinates[i]] = sign * mainSize;
        }
        return (auxiliary, main);
    }

    /// <summary>Sums of ReLU units. Inputs are standard normal.</summary>
    /// <param name="options">Numbers of units, their correlations and weights.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range; the message names it.</exception>
    public static TeacherPair CreateRelu(ReluTeacherOptions options)
    {
        Require.NotNull(options).Validate();
        var random = new SeededRandom(options.Seed, RandomStream.Teachers);
        int units = options.Correlations.Count;
        // First what the auxiliary task needs, so that it is the same for every main task of the seed.
        int[] signs = AlternatingSigns(options.AuxiliaryUnits, random);
        double[][] basis = Orthonormal.Vectors(options.Dimension, Math.Min(options.Dimension, options.AuxiliaryUnits + units), random);
        var main = new double[units][];
        int next = options.AuxiliaryUnits;
        for (int unit = 0; unit < units; unit++)
        {
            double along = options.Correlations[unit];
            double[] own = Math.Abs(along) < 1 ? basis[next++] : basis[unit];
            double across = Math.Abs(along) < 1 ? Math.Sqrt((1 - along) * (1 + along)) : 0;
            main[unit] = [.. basis[unit].Select((value, i) => along * value + across * own[i])];
        }
        double auxiliarySize = SizeOf(options.AuxiliaryScale, options.AuxiliaryUnits);
        double mainSize = SizeOf(options.Scale, units) * options.Magnitude;
        return new TeacherPair(options.Dimension,
            SumOfUnits(basis[..options.AuxiliaryUnits], [.. signs.Select(sign => sign * auxiliarySize)]),
            SumOfUnits(main, [.. signs.Take(units).Select(sign => sign * mainSize)]), normalize: null, options.Seed);
    }

    /// <summary>Draws samples; the same seed, task and purpose give the same ones.</summary>
    /// <param name="task">Whose labels.</param>
    /// <param name="count">How many; 1 or more.</param>
    /// <param name="purpose">Which of the independent draws, such as 0 for training and 1 for validation.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is below 1.</exception>
    public RegressionSamples Sample(TeacherTask task, int count, int purpose = 0)
    {
        Require.InRange(count, 1, int.MaxValue / Dimension, nameof(count));
        Require.InRange(purpose, 0, 1000, nameof(purpose));
        var random = new SeededRandom(_seed, RandomStream.Samples + 2 * purpose + (int)task);
        var inputs = new float[count * Dimension];
        var labels = new float[count];
        for (int row = 0; row < count; row++)
        {
            Span<float> input = inputs.AsSpan(row * Dimension, Dimension);
            foreach (ref float value in input)
                value = (float)random.Normal();
            _normalize?.Invoke(input);
            labels[row] = task == TeacherTask.Main ? _main(input) : _auxiliary(input);
        }
        return new RegressionSamples(Dimension, inputs, labels);
    }

    private static double SizeOf(TeacherScale scale, int count) => scale == TeacherScale.Sqrt ? 1 / Math.Sqrt(count) : 1.0 / count;

    private static Teacher Linear(float[] coefficients) => input =>
    {
        double sum = 0;
        for (int i = 0; i < coefficients.Length; i++)
            sum += (double)coefficients[i] * input[i];
        return (float)sum;
    };

    private static Teacher SumOfUnits(double[][] units, double[] readouts) => input =>
    {
        double sum = 0;
        for (int unit = 0; unit < units.Length; unit++)
        {
            double activation = 0;
            for (int i = 0; i < input.Length; i++)
                activation += units[unit][i] * input[i];
            sum += readouts[unit] * Math.Max(activation, 0);
        }
        return (float)sum;
    };

    private static void ToMeanSquareOne(Span<float> input)
    {
        double sum = 0;
        foreach (float value in input)
            sum += (double)value * value;
        float factor = (float)(1 / Math.Sqrt(sum / input.Length));
        foreach (ref float value in input)
            value *= factor;
    }

    /// <summary>As many +1 as -1, up to one, in random order.</summary>
    private static int[] AlternatingSigns(int count, SeededRandom random)
    {
        int[] signs = [.. Enumerable.Range(0, count).Select(i => i % 2 == 0 ? 1 : -1)];
        random.Shuffle<int>(signs);
        return signs;
    }
}
