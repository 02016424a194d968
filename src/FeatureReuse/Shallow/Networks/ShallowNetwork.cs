namespace FeatureReuse;

/// <summary>A shallow regression network: all tasks share the first layer, and each task has a readout.</summary>
public abstract class ShallowNetwork
{
    private protected ShallowNetwork(int width) => Width = width;

    /// <summary>Gets the number of inputs d.</summary>
    public int Width { get; }

    /// <summary>Gets the number of readouts.</summary>
    public abstract int TaskCount { get; }

    /// <summary>Gets all weights, to save and restore them.</summary>
    internal abstract IEnumerable<Memory<float>> Weights { get; }

    /// <summary>Predicts the label of one input.</summary>
    /// <param name="input">The features, [<see cref="Width"/>].</param>
    /// <param name="task">0 to <see cref="TaskCount"/> - 1.</param>
    public float Predict(ReadOnlySpan<float> input, int task = 0) => CreatePredictor(task)(input);

    /// <summary>Computes the mean squared error on samples of one task.</summary>
    /// <param name="samples">Samples with as many features as the network takes.</param>
    /// <param name="task">0 to <see cref="TaskCount"/> - 1.</param>
    /// <exception cref="ArgumentException">The samples have another number of features.</exception>
    public double ComputeLoss(RegressionSamples samples, int task = 0)
    {
        RequireFit(samples);
        RegressionSamples.Predictor predict = CreatePredictor(task);
        double sum = 0;
        for (int row = 0; row < samples.Count; row++)
        {
            double error = predict(samples.GetInput(row)) - samples.GetLabel(row);
            sum += error * error;
        }
        return sum / samples.Count;
    }

    /// <summary>Creates a function that predicts the label of one input; safe for concurrent use if nobody trains.</summary>
    internal abstract RegressionSamples.Predictor CreatePredictor(int task = 0);

    internal void RequireFit(RegressionSamples samples, string name = "samples")
    {
        if (Require.NotNull(samples).Width != Width)
            throw new ArgumentException($"The {name} have {samples.Width} features; the network takes {Width}.");
    }

    internal void RequireFit(IReadOnlyList<RegressionSamples> tasks)
    {
        if (Require.NotNull(tasks).Count != TaskCount)
            throw new ArgumentException($"There are samples of {tasks.Count} tasks for a network with {TaskCount} readouts.");
        foreach ((int task, RegressionSamples samples) in tasks.Index())
            RequireFit(samples, $"samples of task {task}");
    }
}
