namespace FeatureReuse;

/// <summary>
/// Adam (Kingma and Ba 2015, arXiv 1412.6980) with PyTorch's defaults, and AdamW (Loshchilov and Hutter 2019, arXiv 1711.05101), whose
/// decay acts on the weights themselves.
/// </summary>
internal sealed class AdamDescent(IReadOnlyList<TrainableLayer> layers, double weightDecay, bool decaysWeightsThemselves)
    : WeightUpdate(layers)
{
    private const double MeanShare = .9;
    private const double SquareShare = .999;
    private const double Epsilon = 1e-8;

    protected override void Move(int number, Parameter weight, Tensor gradient, double rate)
    {
        Tensor RecallOr(string quantity, Func<Tensor> first) => Recall(number, quantity) ?? Remember(number, quantity, first());
        Tensor mean = RecallOr("exp_avg", () => zeros_like(weight));
        Tensor square = RecallOr("exp_avg_sq", () => zeros_like(weight));
        long steps = ++MemoryMarshal.AsRef<long>(RecallOr("step", () => tensor(0L)).bytes);
        if (decaysWeightsThemselves)
            weight.TimesInPlace(1 - rate * weightDecay);
        else if (weightDecay != 0)
            gradient = gradient.Plus(weight, weightDecay);
        mean.TimesInPlace(MeanShare).PlusInPlace(gradient, 1 - MeanShare);
        square.TimesInPlace(SquareShare).PlusProductInPlace(gradient, gradient, 1 - SquareShare);
        Tensor root = square.sqrt().DividedBy(Math.Sqrt(1 - Math.Pow(SquareShare, steps))).PlusInPlace(Epsilon);
        weight.PlusQuotientInPlace(mean, root, -rate / (1 - Math.Pow(MeanShare, steps)));
    }
}
