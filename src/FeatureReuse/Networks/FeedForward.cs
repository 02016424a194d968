using TorchSharp.Modules;

namespace FeatureReuse;

/// <summary>The two feed-forward layers of a transformer block, with GELU after both, as in the paper.</summary>
internal sealed class FeedForward : nn.Module<Tensor, Tensor>
{
#pragma warning disable IDE1006
    private readonly Linear fc1;
    private readonly Linear fc2;
#pragma warning restore IDE1006

    public FeedForward(int width, int hidden) : base(nameof(FeedForward))
    {
        fc1 = nn.Linear(width, hidden);
        fc2 = nn.Linear(hidden, width);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => nn.functional.gelu(fc2.call(nn.functional.gelu(fc1.call(input))));
}
