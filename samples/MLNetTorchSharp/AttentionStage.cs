using Microsoft.ML.TorchSharp.AutoFormerV2;
using FeatureReuse;
using TorchSharp;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace MLNetTorchSharp;

/// <summary>
/// Attention over all positions, a convolution by channel and an MLP; the shape [n, channels, height, width] stays. These are the parts of
/// ML.NET's AutoFormerV2Block, whose own forward pass calls a method that TorchSharp 0.107 does not have.
/// </summary>
internal sealed class AttentionStage : nn.Module<Tensor, Tensor>
{
    private const int Heads = 4;

    [ComponentName(Name = "attention")]
    private readonly Attention _attention;

    [ComponentName(Name = "convolution")]
    private readonly Conv2dBN _convolution;

    [ComponentName(Name = "mlp")]
    private readonly MLP _mlp;

    public AttentionStage(ImageShape shape) : base(nameof(AttentionStage))
    {
        int channels = shape.Channels;
        _attention = new Attention(channels, channels / Heads, Heads, attnRatio: 1, [shape.Height, shape.Width]);
        _convolution = new Conv2dBN(channels, channels, kernalSize: 3, padding: 1, groups: channels);
        _mlp = new MLP(channels, 2 * channels);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor tokens = Tokens(input);
        Tensor images = _convolution.call(Images(tokens + _attention.call(tokens, null!), input));
        tokens = Tokens(images);
        return Images(tokens + _mlp.call(tokens), input).MoveToOuterDisposeScope();
    }

    private static Tensor Tokens(Tensor images) => images.flatten(2).transpose(1, 2);

    private static Tensor Images(Tensor tokens, Tensor like) => tokens.transpose(1, 2).reshape(like.shape);
}
