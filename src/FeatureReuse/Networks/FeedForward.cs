using TorchSharp.Modules;

namespace FeatureReuse;

/// <summary>A transformer block's two layers, with GELU after both, as the paper has it.</summary>
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

    public string AddTo(OnnxGraph graph, string input, string prefix)
        => graph.Gelu(graph.Linear(graph.Gelu(graph.Linear(input, $"{prefix}.fc1", fc1.weight!, fc1.bias)), $"{prefix}.fc2", fc2.weight!, fc2.bias));

    public override Tensor forward(Tensor input) => nn.functional.gelu(fc2.call(nn.functional.gelu(fc1.call(input))));
}
