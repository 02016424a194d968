namespace FeatureReuse;

/// <summary>A pre-norm block: x + attn(norm1(x)), then x + mlp(norm2(x)). As in the paper, GELU follows both layers of the mlp.</summary>
internal sealed class TransformerBlock : nn.Module<Tensor, Tensor>
{
    private readonly LayerNorm norm1;
    private readonly SelfAttention attn;
    private readonly LayerNorm norm2;
    private readonly Sequential mlp;

    public TransformerBlock(int width, int heads, int hidden) : base(nameof(TransformerBlock))
    {
        norm1 = nn.LayerNorm(width);
        attn = new SelfAttention(width, heads);
        norm2 = nn.LayerNorm(width);
        mlp = nn.Sequential(
            ("fc1", nn.Linear(width, hidden)), ("gelu1", nn.GELU()), ("fc2", nn.Linear(hidden, width)), ("gelu2", nn.GELU()));
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        Tensor x = input.Plus(attn.call(norm1.call(input)));
        return x.Plus(mlp.call(norm2.call(x)));
    }
}
