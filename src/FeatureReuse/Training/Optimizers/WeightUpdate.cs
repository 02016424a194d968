namespace FeatureReuse;

/// <summary>Moves weights along their gradients with a learning rate per layer, by the formulas of PyTorch's optimisers.</summary>
/// <remarks>TorchSharp's own optimisers pass scalars that may be freed too early; see <see cref="TensorArithmetic"/>.</remarks>
internal abstract class WeightUpdate(IReadOnlyList<TrainableLayer> layers) : IDisposable
{
    private readonly (Parameter Weight, TrainableLayer Layer)[] _weights
        = [.. layers.SelectMany(layer => layer.Parameters.Select(parameter => (parameter, layer)))];

    public static WeightUpdate Create(TrainingOptions options, IReadOnlyList<TrainableLayer> layers) => options.Optimizer switch
    {
        Optimizer.Sgd => new MomentumDescent(layers, options.Momentum, options.Regularization.WeightDecay),
        Optimizer.Adam => new AdamDescent(layers, options.Regularization.WeightDecay, decaysWeightsThemselves: false),
        Optimizer.AdamW => new AdamDescent(layers, options.Regularization.WeightDecay, decaysWeightsThemselves: true),
        _ => throw new InvalidOperationException($"Unknown optimiser {options.Optimizer}."),
    };

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

    /// <summary>Gets the state of the optimiser. A name is the number of the weight, a dot and the name of the quantity.</summary>
    public abstract IEnumerable<(string Name, Tensor Value)> Memory { get; }

    /// <summary>Restores the state that an optimiser of the same kind had; the tensors are copied.</summary>
    public abstract void Restore(IReadOnlyDictionary<string, Tensor> memory, Device device);

    public abstract void Dispose();

    /// <param name="number">The number of the weight.</param>
    /// <param name="weight">The weight, which is changed in place.</param>
    /// <param name="gradient">The gradient, which is not changed.</param>
    /// <param name="rate">The learning rate.</param>
    protected abstract void Move(int number, Parameter weight, Tensor gradient, double rate);

    protected int Count => _weights.Length;
    protected static Tensor Kept(Tensor value, Device device) => value.clone().to(device).DetachFromDisposeScope();
}
