namespace FeatureReuse;

/// <summary>
/// The paper's vision transformer (Lippl and Lindsey, arXiv 2310.02396): patches of 4x4 pixels, a class token, learned positions, 7
/// pre-norm blocks of width 384 with 8 heads, a feed-forward width of 1536; a layer norm and the readout on the class token. Class token
/// and positions start standard normal, the rest as PyTorch's layers do. Fields have the names of parameters, which are mostly timm's.
/// </summary>
internal sealed class VisionTransformer : ImageClassifier
{
    public const int PatchSize = 4, Width = 384, HeadCount = 8, BlockCount = 7, HiddenWidth = 1536;

    private readonly Conv2d patch_embed;
    private readonly Parameter cls_token, pos_embed;
    private readonly ModuleList<Block> blocks;
    private readonly LayerNorm norm;

    public VisionTransformer(NetworkBlueprint blueprint)
        : base(RequireWholePatches(blueprint), nn.Linear(Width, blueprint.LogitCount))
    {
        // Drawing the bias makes a view of the weights, which TorchSharp leaves to the garbage collector; the parameters themselves leave
        // the scope.
        using (NewDisposeScope())
            patch_embed = nn.Conv2d(blueprint.Input.Channels, Width, PatchSize, stride: PatchSize);
        cls_token = nn.Parameter(randn(1, 1, Width));
        pos_embed = nn.Parameter(randn(1, TokensOf(blueprint.Input), Width));
        blocks = nn.ModuleList([.. Enumerable.Range(0, BlockCount).Select(_ => new Block())]);
        norm = nn.LayerNorm(Width);
        RegisterComponents();
        Layers =
        [
            new("embedding", ["patch_embed.", "cls_token", "pos_embed"], Embed),
            .. blocks.Select((block, i) => new NetworkLayer($"block{i + 1}", [$"blocks.{i}."], block.call)),
            new("pooling", ["norm."], x => norm.call(x.select(1, 0))),
            new("logits", ["fc."], fc.call),
        ];
    }

    internal override IReadOnlyList<NetworkLayer> Layers { get; }

    /// <summary>The class token and one for each patch.</summary>
    public static int TokensOf(ImageShape input) => 1 + input.Height / PatchSize * (input.Width / PatchSize);

    /// <summary>Runs before there is anything to dispose.</summary>
    private static NetworkBlueprint RequireWholePatches(NetworkBlueprint blueprint)
        => blueprint.Input.Height % PatchSize == 0 && blueprint.Input.Width % PatchSize == 0 ? blueprint
            : throw new ArgumentException($"The images are {blueprint.Input}; {blueprint.Architecture.Name} needs a height and width "
                + $"that are multiples of {PatchSize}.", nameof(blueprint));

    private Tensor Embed(Tensor images)
    {
        Tensor patches = patch_embed.call(images).flatten(2).transpose(1, 2);
        return cat([cls_token.expand(patches.shape[0], 1, Width), patches], 1).Plus(pos_embed);
    }

    /// <summary>Computes y = x + attn(norm1(x)), then y + mlp(norm2(y)). As in the paper, GELU follows both layers of the mlp.</summary>
    private sealed class Block : nn.Module<Tensor, Tensor>
    {
        private readonly LayerNorm norm1;
        private readonly SelfAttention attn;
        private readonly LayerNorm norm2;
        private readonly Sequential mlp;

        public Block() : base(nameof(Block))
        {
            norm1 = nn.LayerNorm(Width);
            attn = new SelfAttention();
            norm2 = nn.LayerNorm(Width);
            mlp = nn.Sequential(
                ("fc1", nn.Linear(Width, HiddenWidth)), ("gelu1", nn.GELU()), ("fc2", nn.Linear(HiddenWidth, Width)), ("gelu2", nn.GELU()));
            RegisterComponents();
        }

        public override Tensor forward(Tensor input)
        {
            Tensor x = input.Plus(attn.call(norm1.call(input)));
            return x.Plus(mlp.call(norm2.call(x)));
        }
    }

    /// <summary>Attends over [n, tokens, width]. As in the paper, scores are scaled by 1 / sqrt(width), not by the head's width.</summary>
    private sealed class SelfAttention : nn.Module<Tensor, Tensor>
    {
        private readonly Linear qkv = nn.Linear(Width, 3 * Width);
        private readonly Linear proj = nn.Linear(Width, Width);

        public SelfAttention() : base(nameof(SelfAttention)) => RegisterComponents();

        public override Tensor forward(Tensor input)
        {
            (long rows, long tokens) = (input.shape[0], input.shape[1]);
            // [3, n, heads, tokens, width of a head]
            Tensor all = qkv.call(input).reshape(rows, tokens, 3, HeadCount, Width / HeadCount).permute(2, 0, 3, 1, 4);
            // The function divides by the root of a head's width.
            Tensor queries = all.select(0, 0).Times(Math.Sqrt(1.0 / HeadCount));
            Tensor mixed = nn.functional.scaled_dot_product_attention(queries, all.select(0, 1), all.select(0, 2));
            return proj.call(mixed.transpose(1, 2).reshape(rows, tokens, Width));
        }
    }
}
