namespace FeatureReuse;

/// <summary>Keeps the weights of the epoch with the lowest validation loss, and says when that loss no longer falls.</summary>
internal sealed class EarlyStopping(Trainable target, TrainingData data, int[] rows, int patience) : IDisposable
{
    private readonly ValidationPass _validation = new(target, data.Images, data.Head, rows);

    /// <summary>Gets the weights of the best epoch.</summary>
    public WeightSnapshot Best { get; } = new(target.Module);

    /// <summary>Measures the weights, or their average if there is one, on the held-out images.</summary>
    public ClassificationMetrics Measure(WeightAverage? average)
        => average is null ? _validation.Measure() : average.Measure(_validation.Measure);

    /// <summary>Keeps the weights of the epoch that has ended if its loss is the lowest.</summary>
    public void Keep(double loss, WeightAverage? average, LoopState state)
    {
        if (!(loss < state.BestLoss))
            return;
        (state.BestLoss, state.BestEpoch) = (loss, state.Epoch);
        if (average is null)
            Best.Take();
        else
            Best.Take(average.Weights.Tensors);
    }

    /// <summary>Returns whether the loss has not fallen for too many epochs.</summary>
    public bool IsExhausted(LoopState state) => state.Epoch - state.BestEpoch >= patience;

    public void Dispose() => Best.Dispose();
}
