namespace FeatureReuse;

/// <summary>An exponential moving average of the weights (Polyak and Juditsky 1992).</summary>
internal sealed class WeightAverage : IDisposable
{
    private readonly nn.Module _module;
    private readonly double _decay;

    public WeightAverage(nn.Module module, double decay)
    {
        (_module, _decay) = (module, decay);
        Weights = new WeightSnapshot(module);
        Weights.Take();
    }

    /// <summary>Gets the average.</summary>
    public WeightSnapshot Weights { get; }

    /// <summary>Moves the average towards the weights: step t keeps min(decay, (1 + t) / (10 + t)) of it.</summary>
    /// <param name="step">The number of steps taken.</param>
    public void Update(long step) => Weights.Average(Math.Min(_decay, (1.0 + step) / (10 + step)));

    /// <summary>Measures the average; the weights stay as they are.</summary>
    public T Measure<T>(Func<T> measure)
    {
        using var own = new WeightSnapshot(_module);
        own.Take();
        Weights.Restore();
        T result = measure();
        own.Restore();
        return result;
    }

    public void Dispose() => Weights.Dispose();
}
