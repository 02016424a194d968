namespace FeatureReuse;

/// <summary>
/// A diagonal linear network: f_t(x) = x . beta_t with beta_t = w+ v+_t - w- v-_t, elementwise. The first layer w is shared by the tasks, each task has
/// a readout v. Source: Lippl and Lindsey, arXiv 2310.02396.
/// </summary>
public sealed class DiagonalNetwork
{
    /// <summary>A network with all weights equal, so that all coefficients are 0.</summary>
    /// <param name="width">Coordinates; 1 or more.</param>
    /// <param name="tasks">Readouts. Default 1; 1 to 1000.</param>
    /// <param name="scale">The weights. Default .001, the paper's; above 0, at most 1000.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public DiagonalNetwork(int width, int tasks = 1, double scale = 1e-3)
    {
        Require.InRange(width, 1, 10_000_000, nameof(width));
        Require.InRange(tasks, 1, 1000, nameof(tasks));
        Require.Positive(scale, 1000, nameof(scale));
        Width = width;
        First = DiagonalLayer.Constant(width, (float)scale);
        Readouts = [.. Enumerable.Range(0, tasks).Select(_ => DiagonalLayer.Constant(width, (float)scale))];
    }

    private DiagonalNetwork(int width, DiagonalLayer first, DiagonalLayer readout)
    {
        Width = width;
        First = first;
        Readouts = [readout];
    }

    /// <summary>Coordinates.</summary>
    public int Width { get; }

    /// <summary>The number of readouts.</summary>
    public int TaskCount => Readouts.Length;

    /// <summary>w+ and w-.</summary>
    internal DiagonalLayer First { get; }

    /// <summary>v+ and v- of each task.</summary>
    internal DiagonalLayer[] Readouts { get; }

    /// <summary>beta of a task, [<see cref="Width"/>].</summary>
    /// <param name="task">0 to <see cref="TaskCount"/> - 1.</param>
    public float[] GetCoefficients(int task = 0)
    {
        DiagonalLayer readout = Readouts[task];
        var coefficients = new float[Width];
        for (int i = 0; i < Width; i++)
            coefficients[i] = First.Plus[i] * readout.Plus[i] - First.Minus[i] * readout.Minus[i];
        return coefficients;
    }

    /// <summary>The penalty of each coordinate that gradient flow from these weights minimises, for one task.</summary>
    /// <param name="task">0 to <see cref="TaskCount"/> - 1.</param>
    public GradientFlowPenalty[] GetGradientFlowPenalties(int task = 0)
    {
        DiagonalLayer readout = Readouts[task];
        return [.. Enumerable.Range(0, Width).Select(i => new GradientFlowPenalty(First.Plus[i], First.Minus[i], readout.Plus[i], readout.Minus[i]))];
    }

    /// <summary>The network that finetuning starts from: the first layer rescaled, one new constant readout.</summary>
    /// <param name="rescaling">alpha, times the first layer. Default 1; above 0, at most 1e6.</param>
    /// <param name="readoutScale">g, the new readout. Default null: .001 alpha, the paper's pairs. 0 to 1000.</param>
    /// <param name="rebalance">
    /// Gives both paths the sum of the first-layer weights, so that the coefficients start at 0 and the penalty is exactly the paper's with
    /// k = b_aux + g^2. Default false: as the published runs.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public DiagonalNetwork ForFinetuning(double rescaling = 1, double? readoutScale = null, bool rebalance = false)
    {
        Require.Positive(rescaling, 1e6, nameof(rescaling));
        double readout = readoutScale ?? 1e-3 * rescaling;
        Require.InRange(readout, 0, 1000, nameof(readoutScale));
        var first = DiagonalLayer.Constant(Width, 0);
        for (int i = 0; i < Width; i++)
        {
            float plus = (float)(First.Plus[i] * rescaling);
            float minus = (float)(First.Minus[i] * rescaling);
            (first.Plus[i], first.Minus[i]) = rebalance ? (plus + minus, plus + minus) : (plus, minus);
        }
        return new DiagonalNetwork(Width, first, DiagonalLayer.Constant(Width, (float)readout));
    }

    /// <summary>Trains the network in place on the mean squared error over the rows of all tasks together.</summary>
    /// <param name="tasks">The samples of each task, in the order of the readouts.</param>
    /// <param name="options">Learning rate and limits.</param>
    /// <param name="readoutOnly">Leaves the first layer as it is: a linear probe.</param>
    /// <exception cref="ArgumentException">The samples do not fit the network, or an option is out of its range.</exception>
    public GradientDescentResult Train(IReadOnlyList<RegressionSamples> tasks, GradientDescentOptions? options = null, bool readoutOnly = false)
    {
        options ??= new();
        options.Validate();
        TaskSamples.RequireFit(tasks, Width, TaskCount);
        if (options.Validation is { } validation)
            TaskSamples.RequireFit([validation], Width, 1);
        using var descent = new DiagonalDescent(this, tasks, readoutOnly, options.Threads);
        return GradientDescent.Run(descent, options);
    }

    /// <summary>
    /// The network that gradient flow from these weights ends at, solved for instead of walked to: its coefficients have the least sum of
    /// <see cref="GetGradientFlowPenalties"/> among all that fit the samples, and its weights follow from what the flow conserves.
    /// </summary>
    /// <param name="samples">Samples of the network's only task; their labels must be fitted exactly by some coefficients.</param>
    /// <param name="cancellation">Ends the search.</param>
    /// <exception cref="ArgumentException">The samples do not fit the network, or it has several tasks.</exception>
    /// <exception cref="InvalidOperationException">No coefficients that the network can reach fit the samples.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public DiagonalNetwork FindGradientFlowLimit(RegressionSamples samples, CancellationToken cancellation = default)
    {
        Require.NotNull(samples);
        TaskSamples.RequireFit([samples], Width, TaskCount);
        GradientFlowPenalty[] penalties = GetGradientFlowPenalties();
        double[] coefficients = GradientFlowSolver.Solve(penalties, samples, cancellation);
        DiagonalLayer readout = Readouts[0];
        var limit = new DiagonalNetwork(Width, DiagonalLayer.Constant(Width, 0), DiagonalLayer.Constant(Width, 0));
        for (int i = 0; i < Width; i++)
        {
            // w+ + v+ and w- - v- grow by e^slope while w+ - v+ and w- + v- shrink by it.
            double growth = Math.Exp(penalties[i].SlopeAt(coefficients[i]));
            (limit.First.Plus[i], limit.Readouts[0].Plus[i]) = Move(First.Plus[i], readout.Plus[i], growth);
            (limit.First.Minus[i], limit.Readouts[0].Minus[i]) = Move(First.Minus[i], readout.Minus[i], 1 / growth);
        }
        return limit;

        static (float First, float Readout) Move(double first, double readout, double growth)
        {
            double sum = (first + readout) * growth;
            double difference = (first - readout) / growth;
            return ((float)((sum + difference) / 2), (float)((sum - difference) / 2));
        }
    }

    /// <summary>The prediction for one input.</summary>
    /// <param name="input">[<see cref="Width"/>].</param>
    /// <param name="task">0 to <see cref="TaskCount"/> - 1.</param>
    public float Predict(ReadOnlySpan<float> input, int task = 0) => System.Numerics.Tensors.TensorPrimitives.Dot(input, GetCoefficients(task));

    /// <summary>The mean squared error on samples of one task.</summary>
    /// <param name="samples">With as many features as the network takes.</param>
    /// <param name="task">0 to <see cref="TaskCount"/> - 1.</param>
    /// <exception cref="ArgumentException">The samples have another number of features.</exception>
    public double ComputeLoss(RegressionSamples samples, int task = 0)
    {
        Require.NotNull(samples);
        TaskSamples.RequireFit([samples], Width, 1);
        float[] coefficients = GetCoefficients(task);
        return TaskSamples.Loss(samples, input => System.Numerics.Tensors.TensorPrimitives.Dot(input, coefficients));
    }
}
