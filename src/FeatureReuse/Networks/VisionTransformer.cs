namespace FeatureReuse;

/// <summary>
/// The paper's vision transformer (Lippl and Lindsey, arXiv 2310.02396): patches of 4x4 pixels, a class token, learned positions, 7
/// pre-norm blocks of width 384 with 8 heads, a feed-forward width of 1536; a layer norm and the readout on the class token. 12.5 M
/// parameters on 32x32 images.
/// </summary>
/// <remarks>
/// With t = 1 + the number of patches, parameters by name: "patch_embed.weight" [384, channels, 4, 4], "patch_embed.bias" [384],
/// "cls_token" [1, 1, 384], "pos_embed" [1, t, 384], for block i from 0 to 6 "blocks.i.norm1.weight" [384], "blocks.i.norm1.bias",
/// "blocks.i.attn.qkv.weight" [1152, 384], "blocks.i.attn.qkv.bias" [1152], "blocks.i.attn.proj.weight" [384, 384],
/// "blocks.i.attn.proj.bias", "blocks.i.norm2.weight", "blocks.i.norm2.bias", "blocks.i.mlp.fc1.weight" [1536, 384],
/// "blocks.i.mlp.fc1.bias", "blocks.i.mlp.fc2.weight" [384, 1536], "blocks.i.mlp.fc2.bias", then "norm.weight" [384], "norm.bias",
/// "fc.weight" [logits, 384], "fc.bias". Class token and positions start standard normal, the rest as PyTorch's layers do. Layers:
/// embedding, block1 to block7 ([n, t, 384] each), pooling, logits. Heights and widths are multiples of 4.
/// </remarks>
internal sealed class VisionTransformer : ImageClassifier
{
    internal const int PatchSize = 4;
    internal const int Width = 384;
    internal const int HeadCount = 8;
    internal const int BlockCount = 7;
    private const int HiddenWidth = 1536;

    private readonly Conv2d patch_embed;
    private readonly Parameter cls_token;
    private readonly Parameter pos_embed;
    private readonly ModuleList<TransformerBlock> blocks;
    private readonly LayerNorm norm;

    public VisionTransformer(NetworkBlueprint blueprint) : base(RequireWholePatches(blueprint), Width)
    {
        ImageShape input = blueprint.Input;
        // Drawing the bias makes a view of the weights, which TorchSharp leaves to the garbage collector; the parameters themselves leave
        // the scope.
        using (NewDisposeScope())
            patch_embed = nn.Conv2d(input.Channels, Width, PatchSize, stride: PatchSize);
        cls_token = nn.Parameter(randn(1, 1, Width));
        pos_embed = nn.Parameter(randn(1, TokensOf(input), Width));
        blocks = nn.ModuleList([.. Enumerable.Range(0, BlockCount).Select(_ => new TransformerBlock(Width, HeadCount, HiddenWidth))]);
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

    public static IEnumerable<(string Name, long[] Shape)> SizedTensors(ImageShape input, int logitCount)
        => [("fc.weight", [logitCount, Width]), ("pos_embed", [1, TokensOf(input), Width])];

    /// <summary>Runs before there is anything to dispose.</summary>
    private static NetworkBlueprint RequireWholePatches(NetworkBlueprint blueprint)
        => blueprint.Input.Height % PatchSize == 0 && blueprint.Input.Width % PatchSize == 0 ? blueprint
            : throw new ArgumentException($"The images are {blueprint.Input}; {blueprint.Architecture.Name} needs a height and width "
                + $"that are multiples of {PatchSize}.", nameof(blueprint));

    private static int TokensOf(ImageShape input) => 1 + input.Height / PatchSize * (input.Width / PatchSize);

    private Tensor Embed(Tensor images)
    {
        Tensor patches = patch_embed.call(images).flatten(2).transpose(1, 2);
        return cat([cls_token.expand(patches.shape[0], 1, Width), patches], 1).Plus(pos_embed);
    }
}
