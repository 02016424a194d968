using Microsoft.ML.TorchSharp.AutoFormerV2;
using TorchSharp;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace MLNetTorchSharp;

/// <summary>
/// ML.NET's ConvLayer, whose output are tokens, from images to images: inverted bottlenecks, then a stride of 2. From
/// [n, inputs, height, width] to [n, outputs, height / 2, width / 2].
/// </summary>
internal sealed class ConvolutionStage : nn.Module<Tensor, Tensor>
{
    [ComponentName(Name = "layer")]
    private readonly ConvLayer _layer;

    public ConvolutionStage(int inputs, int outputs) : base(nameof(ConvolutionStage))
    {
        _layer = new ConvLayer(inputs, outputs, depth: 1, convExpandRatio: 2);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        (_, _, _, Tensor tokens, int height, int width) = _layer.call(input, (int)input.shape[2], (int)input.shape[3]);
        return tokens.transpose(1, 2).unflatten(2, height, width).MoveToOuterDisposeScope();
    }
}
