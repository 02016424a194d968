using System.Numerics.Tensors;

namespace FeatureReuse;

/// <summary>A diagonal linear network, f_t(x) = x . (w+ v+_t - w- v-_t). Source: Lippl and Lindsey, arXiv 2310.02396.</summary>
public sealed class DiagonalNetwork : ShallowNetwork
{
    /// <summary>Creates a network with all weights equal, so that all coefficients are 0.</summary>
    /// <param name="width">The number of coordinates; 1 or more.</param>
    /// <param name="tasks">The number of readouts. Default 1; 1 to 1000.</param>
    /// <param name="scale">The weights. Default .001, as in the paper; above 0, at most 1000.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public DiagonalNetwork(int width, int tasks = 1, double scale = 1e-3)
        : base(width)
    {
        Require.InRange(width, 1, 10_000_000, nameof(width));
        Require.InRange(tasks, 1, 1000, nameof(tasks));
        Require.Positive(scale, 1000, nameof(scale));
        First = DiagonalLayer.Create(width, (float)scale);
        Readouts = [.. Enumerable.Range(0, tasks).Select(_ => DiagonalLayer.Create(width, (float)scale))];
    }

    private DiagonalNetwork(int width, DiagonalLayer first, DiagonalLayer readout)
        : base(width) => (First, Readouts) = (first, [readout]);

    /// <inheritdoc/>
    public override int TaskCount => Readouts.Length;

    internal override IEnumerable<Memory<float>> Weights
        => Readouts.Prepend(First).SelectMany(layer => new Memory<float>[] { layer.Plus, layer.Minus });

    /// <summary>Gets w+ and w-.</summary>
    internal DiagonalLayer First { get; }
    /// <summary>Gets v+ and v- of each task.</summary>
    internal DiagonalLayer[] Readouts { get; }

    /// <summary>Computes beta of a task, [<see cref="ShallowNetwork.Width"/>].</summary>
    /// <param name="task">0 to <see cref="TaskCount"/> - 1.</param>
    public float[] GetCoefficients(int task = 0)
    {
        DiagonalLayer readout = Readouts[task];
        return [.. Enumerable.Range(0, Width).Select(i => First.Plus[i] * readout.Plus[i] - First.Minus[i] * readout.Minus[i])];
    }

    /// <summary>Creates the network to finetune: a copy with the first layer rescaled and one new, constant readout.</summary>
    /// <param name="rescaling">The factor alpha on the first layer. Default 1; above 0, at most 1e6.</param>
    /// <param name="readoutScale">The weights g of the new readout. Default null: .001 alpha, as in the paper. 0 to 1000.</param>
    /// <param name="rebalance">Gives both paths their summed weights; the penalty is then exactly the paper's. Default false.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public DiagonalNetwork ForFinetuning(double rescaling = 1, double? readoutScale = null, bool rebalance = false)
    {
        Require.Positive(rescaling, 1e6, nameof(rescaling));
        double readout = readoutScale ?? 1e-3 * rescaling;
        Require.InRange(readout, 0, 1000, nameof(readoutScale));
        float[] plus = Rescaled(First.Plus), minus = Rescaled(First.Minus);
        if (rebalance)
        {
            TensorPrimitives.Add(plus, minus, plus);
            minus = [.. plus];
        }
        return new DiagonalNetwork(Width, new(plus, minus), DiagonalLayer.Create(Width, (float)readout));

        float[] Rescaled(float[] weights) => [.. weights.Select(weight => (float)(weight * rescaling))];
    }

    /// <summary>Trains the network in place on the mean squared error over the rows of all tasks together.</summary>
    /// <param name="tasks">The samples of each task, in the order of the readouts.</param>
    /// <param name="options">Learning rate and limits.</param>
    /// <param name="readoutOnly">Trains a linear probe: leaves the first layer unchanged.</param>
    /// <exception cref="ArgumentException">The samples do not fit the network, or an option is out of its range.</exception>
    public GradientDescentResult Train(
        IReadOnlyList<RegressionSamples> tasks, GradientDescentOptions? options = null, bool readoutOnly = false)
        => GradientDescent.Run(this, tasks, options, valid => new DiagonalDescent(this, tasks, readoutOnly, valid.Threads));

    /// <summary>
    /// Computes the limit of gradient flow from these weights: the coefficients with the smallest penalty among all that fit the samples.
    /// </summary>
    /// <param name="samples">The samples of the network's only task; some coefficients must fit their labels exactly.</param>
    /// <param name="cancellation">Stops the search.</param>
    /// <exception cref="ArgumentException">The samples do not fit the network, or it has several tasks.</exception>
    /// <exception cref="InvalidOperationException">No coefficients that the network can reach fit the samples.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public DiagonalNetwork FindGradientFlowLimit(RegressionSamples samples, CancellationToken cancellation = default)
    {
        RequireFit([samples]);
        GradientFlowPenalty[] penalties = GetGradientFlowPenalties();
        double[] coefficients = GradientFlowSolver.Solve(penalties, samples, cancellation);
        DiagonalLayer first = First.Copy(), readout = Readouts[0].Copy();
        for (int i = 0; i < Width; i++)
        {
            // w+ + v+ and w- - v- grow by e^slope, while w+ - v+ and w- + v- shrink by it.
            double growth = Math.Exp(penalties[i].SlopeAt(coefficients[i]));
            Move(ref first.Plus[i], ref readout.Plus[i], growth);
            Move(ref first.Minus[i], ref readout.Minus[i], 1 / growth);
        }
        return new DiagonalNetwork(Width, first, readout);

        static void Move(ref float first, ref float readout, double growth)
        {
            double sum = ((double)first + readout) * growth;
            double difference = ((double)first - readout) / growth;
            (first, readout) = ((float)((sum + difference) / 2), (float)((sum - difference) / 2));
        }
    }

    internal override RegressionSamples.Predictor CreatePredictor(int task = 0)
    {
        float[] coefficients = GetCoefficients(task);
        return input => TensorPrimitives.Dot(input, coefficients);
    }

    /// <summary>Gets the penalty that gradient flow from these weights minimises, for each coordinate of the first task.</summary>
    internal GradientFlowPenalty[] GetGradientFlowPenalties() => [.. Enumerable.Range(0, Width).Select(
        i => GradientFlowPenalty.From(First.Plus[i], First.Minus[i], Readouts[0].Plus[i], Readouts[0].Minus[i]))];
}
