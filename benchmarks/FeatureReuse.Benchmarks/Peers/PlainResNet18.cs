using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FeatureReuse.Benchmarks.Peers;

/// <summary>torchvision's ResNet-18 from TorchSharp's modules alone.</summary>
internal sealed class PlainResNet18 : nn.Module<Tensor, Tensor>
{
    private readonly Sequential _layers;

    public PlainResNet18(int classes) : base(nameof(PlainResNet18))
    {
        _layers = nn.Sequential(
            nn.Conv2d(3, 64, 7, stride: 2, padding: 3, bias: false),
            nn.BatchNorm2d(64),
            nn.ReLU(),
            nn.MaxPool2d(3, stride: 2, padding: 1),
            new PlainResidualBlock(64, 64, 1),
            new PlainResidualBlock(64, 64, 1),
            new PlainResidualBlock(64, 128, 2),
            new PlainResidualBlock(128, 128, 1),
            new PlainResidualBlock(128, 256, 2),
            new PlainResidualBlock(256, 256, 1),
            new PlainResidualBlock(256, 512, 2),
            new PlainResidualBlock(512, 512, 1),
            nn.AdaptiveAvgPool2d(1),
            nn.Flatten(),
            nn.Linear(512, classes));
        RegisterComponents();
        foreach (Conv2d convolution in modules().OfType<Conv2d>())
            nn.init.kaiming_normal_(convolution.weight, mode: nn.init.FanInOut.FanOut, nonlinearity: nn.init.NonlinearityType.ReLU);
    }

    public override Tensor forward(Tensor input) => _layers.call(input);
}
