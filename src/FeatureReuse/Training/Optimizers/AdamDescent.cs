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

    private const string MeanName = "exp_avg";
    private const string SquareName = "exp_avg_sq";
    private const string StepName = "step";

    private readonly Dictionary<int, Moments> _moments = [];

    public override IEnumerable<(string Name, Tensor Value)> Memory
        => _moments.OrderBy(entry => entry.Key).SelectMany(entry => ((string, Tensor)[])
    [
        ($"{entry.Key}.{MeanName}", entry.Value.Mean),
        ($"{entry.Key}.{SquareName}", entry.Value.Square),
        ($"{entry.Key}.{StepName}", tensor(entry.Value.Steps)),
    ]);

    public override void Restore(IReadOnlyDictionary<string, Tensor> memory, Device device)
    {
        for (int i = 0; i < Count; i++)
        {
            if (memory.TryGetValue($"{i}.{MeanName}", out Tensor? mean))
            {
                long steps = memory[$"{i}.{StepName}"].ReadInt64();
                _moments[i] = new(Kept(mean, device), Kept(memory[$"{i}.{SquareName}"], device)) { Steps = steps };
            }
        }
    }

    public override void Dispose()
    {
        foreach (Moments moments in _moments.Values)
        {
            moments.Mean.Dispose();
            moments.Square.Dispose();
        }
    }

    protected override void Move(int number, Parameter weight, Tensor gradient, double rate)
    {
        if (!_moments.TryGetValue(number, out Moments? moments))
            _moments[number] = moments = new(zeros_like(weight).DetachFromDisposeScope(), zeros_like(weight).DetachFromDisposeScope());
        if (decaysWeightsThemselves)
            weight.TimesInPlace(1 - rate * weightDecay);
        else if (weightDecay != 0)
            gradient = gradient.Plus(weight, weightDecay);
        moments.Steps++;
        moments.Mean.TimesInPlace(MeanShare).PlusInPlace(gradient, 1 - MeanShare);
        moments.Square.TimesInPlace(SquareShare).PlusProductInPlace(gradient, gradient, 1 - SquareShare);
        Tensor root = moments.Square.sqrt().DividedBy(Math.Sqrt(1 - Math.Pow(SquareShare, moments.Steps))).PlusInPlace(Epsilon);
        weight.PlusQuotientInPlace(moments.Mean, root, -rate / (1 - Math.Pow(MeanShare, moments.Steps)));
    }

    private sealed record Moments(Tensor Mean, Tensor Square)
    {
        public long Steps { get; set; }
    }
}
