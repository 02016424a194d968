namespace FeatureReuse;

/// <summary>Stochastic gradient descent with momentum, as PyTorch's SGD: b = momentum b + g + decay w, w = w - rate b.</summary>
internal sealed class MomentumDescent(IReadOnlyList<TrainableLayer> layers, double momentum, double weightDecay) : WeightUpdate(layers)
{
    private const string Name = "momentum_buffer";

    private readonly Dictionary<int, Tensor> _buffers = [];

    public override IEnumerable<(string Name, Tensor Value)> Memory
        => _buffers.OrderBy(entry => entry.Key).Select(entry => ($"{entry.Key}.{Name}", entry.Value));

    public override void Restore(IReadOnlyDictionary<string, Tensor> memory, Device device)
    {
        for (int i = 0; i < Count; i++)
        {
            if (memory.TryGetValue($"{i}.{Name}", out Tensor? buffer))
                _buffers[i] = Kept(buffer, device);
        }
    }

    public override void Dispose()
    {
        foreach (Tensor buffer in _buffers.Values)
            buffer.Dispose();
    }

    protected override void Move(int number, Parameter weight, Tensor gradient, double rate)
    {
        if (weightDecay != 0)
            gradient = gradient.Plus(weight, weightDecay);
        if (momentum == 0)
        {
            weight.PlusInPlace(gradient, -rate);
            return;
        }
        if (_buffers.TryGetValue(number, out Tensor? buffer))
            buffer.TimesInPlace(momentum).PlusInPlace(gradient);
        else
            _buffers[number] = buffer = Kept(gradient, weight.device);
        weight.PlusInPlace(buffer, -rate);
    }
}
