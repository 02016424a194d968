namespace FeatureReuse;

/// <summary>Stochastic gradient descent with momentum, as PyTorch's SGD: b = momentum b + g + decay w, w = w - rate b.</summary>
internal sealed class MomentumDescent(IReadOnlyList<TrainableLayer> layers, double momentum, double weightDecay) : WeightUpdate(layers)
{
    private const string Buffer = "momentum_buffer";

    protected override void Move(int number, Parameter weight, Tensor gradient, double rate)
    {
        if (weightDecay != 0)
            gradient = gradient.Plus(weight, weightDecay);
        if (momentum != 0)
        {
            gradient = Recall(number, Buffer)?.TimesInPlace(momentum).PlusInPlace(gradient)
                ?? Remember(number, Buffer, gradient.clone());
        }
        weight.PlusInPlace(gradient, -rate);
    }
}
