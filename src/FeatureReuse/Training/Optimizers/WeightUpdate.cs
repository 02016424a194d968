namespace FeatureReuse;

/// <summary>Moves weights along their gradients with a learning rate per layer, by the formulas of PyTorch's optimisers.</summary>
/// <remarks>TorchSharp's own optimisers pass scalars that may be freed too early; see <see cref="TensorArithmetic"/>.</remarks>
internal abstract class WeightUpdate(IReadOnlyList<TrainableLayer> layers) : IDisposable
{
    private readonly (Parameter Weight, TrainableLayer Layer)[] _weights
        = [.. layers.SelectMany(layer => layer.Parameters.Select(parameter => (parameter, layer)))];

    private readonly Dictionary<(int Weight, string Quantity), Tensor> _memory = [];

    public static WeightUpdate Create(TrainingOptions options, IReadOnlyList<TrainableLayer> layers) => options.Optimizer switch
    {
        Optimizer.Sgd => new MomentumDescent(layers, options.Momentum, options.Regularization.WeightDecay),
        Optimizer.Adam => new AdamDescent(layers, options.Regularization.WeightDecay, decaysWeightsThemselves: false),
        Optimizer.AdamW => new AdamDescent(layers, options.Regularization.WeightDecay, decaysWeightsThemselves: true),
        _ => throw new InvalidOperationException($"Unknown optimiser {options.Optimizer}."),
    };

    /// <summary>Gets the state of the optimiser. A name is the number of the weight, a dot and the name of the quantity.</summary>
    public IEnumerable<(string Name, Tensor Value)> Memory => _memory.OrderBy(entry => entry.Key.Weight)
        .Select(entry => ($"{entry.Key.Weight}.{entry.Key.Quantity}", entry.Value));

    /// <summary>Restores the state that an optimiser of the same kind had; the tensors are copied.</summary>
    public void Restore(IReadOnlyDictionary<string, Tensor> memory)
    {
        foreach ((string name, Tensor value) in memory)
        {
            string[] parts = name.Split('.');
            int number = int.Parse(parts[0], CultureInfo.InvariantCulture);
            // Counts stay on the processor.
            Device device = value.dtype == ScalarType.Int64 ? CPU : _weights[number].Weight.device;
            _memory[(number, parts[1])] = value.clone().to(device).DetachFromDisposeScope();
        }
    }

    /// <summary>Forgets the gradients of the last step. Weights without a gradient do not move.</summary>
    public void ClearGradients()
    {
        foreach ((Parameter weight, _) in _weights)
            weight.grad = null;
    }

    public void Step(Func<TrainableLayer, double> rateOf)
    {
        using IDisposable frozen = no_grad();
        for (int i = 0; i < _weights.Length; i++)
        {
            using DisposeScope scope = NewDisposeScope();
            (Parameter weight, TrainableLayer layer) = _weights[i];
            if (weight.grad is { } gradient)
                Move(i, weight, gradient, rateOf(layer));
        }
    }

    public void Dispose()
    {
        foreach (Tensor quantity in _memory.Values)
            quantity.Dispose();
    }

    /// <summary>Changes a weight in place, but not its gradient.</summary>
    protected abstract void Move(int number, Parameter weight, Tensor gradient, double rate);

    /// <summary>Returns what the optimiser remembers of a weight; null before <see cref="Remember"/>.</summary>
    protected Tensor? Recall(int number, string quantity) => _memory.GetValueOrDefault((number, quantity));

    protected Tensor Remember(int number, string quantity, Tensor value) => _memory[(number, quantity)] = value.DetachFromDisposeScope();
}
