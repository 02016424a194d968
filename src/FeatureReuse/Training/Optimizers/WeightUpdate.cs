using TorchSharp.Modules;

namespace FeatureReuse;

/// <summary>Moves weights along their gradients, each layer at a rate of its own, by the formulas of PyTorch's optimisers.</summary>
/// <remarks>TorchSharp's own pass scalars that may be freed too early; see <see cref="TensorArithmetic"/>.</remarks>
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

    /// <summary>Forgets the gradients of the last step; weights that get none in the next one do not move.</summary>
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

    /// <summary>What is remembered of the weights, by name: the number of the weight, a dot and what it is.</summary>
    public abstract IEnumerable<(string Name, Tensor Value)> Memory { get; }

    /// <summary>Takes up what another one of the same kind remembered; the tensors are copied.</summary>
    public abstract void Restore(IReadOnlyDictionary<string, Tensor> memory, Device device);

    public abstract void Dispose();

    /// <param name="number">Of the weight.</param>
    /// <param name="weight">Changed in place.</param>
    /// <param name="gradient">Not changed.</param>
    /// <param name="rate">The learning rate.</param>
    protected abstract void Move(int number, Parameter weight, Tensor gradient, double rate);

    protected int Count => _weights.Length;

    protected static Tensor Kept(Tensor value, Device device) => value.clone().to(device).DetachFromDisposeScope();
}
