namespace FeatureReuse;

/// <summary>
/// Multi-head self-attention over [n, tokens, width]. As in the paper, scores are scaled by 1 / sqrt(width), not by the head's width.
/// </summary>
internal sealed class SelfAttention : nn.Module<Tensor, Tensor>
{
    private readonly Linear qkv;
    private readonly Linear proj;
    private readonly int _heads;
    private readonly int _width;

    public SelfAttention(int width, int heads) : base(nameof(SelfAttention))
    {
        (_width, _heads) = (width, heads);
        qkv = nn.Linear(width, 3 * width);
        proj = nn.Linear(width, width);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        long rows = input.shape[0];
        long tokens = input.shape[1];
        // [3, n, heads, tokens, width of a head]
        Tensor all = qkv.call(input).reshape(rows, tokens, 3, _heads, _width / _heads).permute(2, 0, 3, 1, 4);
        // The function divides by the root of a head's width.
        Tensor queries = all.select(0, 0).Times(Math.Sqrt(1.0 / _heads));
        Tensor mixed = nn.functional.scaled_dot_product_attention(queries, all.select(0, 1), all.select(0, 2));
        return proj.call(mixed.transpose(1, 2).reshape(rows, tokens, _width));
    }
}
