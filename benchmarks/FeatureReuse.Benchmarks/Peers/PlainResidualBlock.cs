using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FeatureReuse.Benchmarks.Peers;

/// <summary>torchvision's BasicBlock from TorchSharp's modules alone.</summary>
internal sealed class PlainResidualBlock : nn.Module<Tensor, Tensor>
{
    private readonly Sequential _main;
    private readonly Sequential _shortcut;

    public PlainResidualBlock(int inputs, int channels, int stride) : base(nameof(PlainResidualBlock))
    {
        _main = nn.Sequential(
            nn.Conv2d(inputs, channels, 3, stride: stride, padding: 1, bias: false),
            nn.BatchNorm2d(channels),
            nn.ReLU(),
            nn.Conv2d(channels, channels, 3, padding: 1, bias: false),
            nn.BatchNorm2d(channels));
        _shortcut = stride == 1 && inputs == channels
            ? nn.Sequential(nn.Identity())
            : nn.Sequential(nn.Conv2d(inputs, channels, 1, stride: stride, bias: false), nn.BatchNorm2d(channels));
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => (_main.call(input) + _shortcut.call(input)).relu();
}
