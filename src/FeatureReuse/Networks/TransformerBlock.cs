using TorchSharp.Modules;

namespace FeatureReuse;

/// <summary>A pre-norm block: x + attn(norm1(x)), then x + mlp(norm2(x)). Fields carry the names of timm's parameters.</summary>
internal sealed class TransformerBlock : nn.Module<Tensor, Tensor>
{
#pragma warning disable IDE1006
    private readonly LayerNorm norm1;
    private readonly SelfAttention attn;
    private readonly LayerNorm norm2;
    private readonly FeedForward mlp;
#pragma warning restore IDE1006

    public TransformerBlock(int width, int heads, int hidden) : base(nameof(TransformerBlock))
    {
        norm1 = nn.LayerNorm(width);
        attn = new SelfAttention(width, heads);
        norm2 = nn.LayerNorm(width);
        mlp = new FeedForward(width, hidden);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        Tensor x = input.Plus(attn.call(norm1.call(input)));
        return x.Plus(mlp.call(norm2.call(x)));
    }
}
