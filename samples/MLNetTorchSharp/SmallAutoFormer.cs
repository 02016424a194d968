using Microsoft.ML.TorchSharp.AutoFormerV2;
using FeatureReuse;
using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace MLNetTorchSharp;

/// <summary>
/// Classifies images with the parts of AutoFormerV2, ML.NET's object detector: its patch embedding, a stage of convolutions, a stage of
/// attention, and a linear head on the mean over positions. From [n, channels, height, width] to [n, logits].
/// </summary>
/// <remarks>
/// ML.NET's modules do not register their own parameters. TorchSharp registers them all, down to the last, when a module that holds them in
/// fields calls RegisterComponents. nn.Sequential does not register them: their weights would be neither trained nor saved.
/// </remarks>
internal sealed class SmallAutoFormer : nn.Module<Tensor, Tensor>
{
    private const int Width = 32;

    [ComponentName(Name = "embedding")]
    private readonly PatchEmbed _embedding;

    [ComponentName(Name = "convolutions")]
    private readonly ConvolutionStage _convolutions;

    [ComponentName(Name = "attention")]
    private readonly AttentionStage _attention;

    [ComponentName(Name = "head")]
    private readonly Linear _head;

    /// <summary>Builds the network with weights drawn by libtorch's generator.</summary>
    public SmallAutoFormer(ImageShape shape, int logits) : base(nameof(SmallAutoFormer))
    {
        // Two strides of 2 in the embedding and one after the convolutions, each of which rounds up.
        var positions = new ImageShape(2 * Width, (shape.Height + 7) / 8, (shape.Width + 7) / 8);
        _embedding = new PatchEmbed(shape.Channels, Width);
        _convolutions = new ConvolutionStage(Width, 2 * Width);
        _attention = new AttentionStage(positions);
        _head = nn.Linear(2 * Width, logits);
        RegisterComponents();
    }

    /// <summary>Gets the architecture: the name by which saved models refer to this network, and what it is made of.</summary>
    public static NetworkArchitecture Architecture { get; } = NetworkArchitecture.Create(nameof(SmallAutoFormer), new()
    {
        CreateModule = (shape, logits) => new SmallAutoFormer(shape, logits),
        LayerNames = ["embedding", "convolutions", "attention"],
        HeadName = "head",
    });

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor features = _attention.call(_convolutions.call(_embedding.call(input)));
        return _head.call(features.mean([2, 3])).MoveToOuterDisposeScope();
    }
}
