namespace FeatureReuse;

/// <summary>
/// torchvision's ResNet-18 (He et al. 2016), with its parameter names ("conv1.weight", "layer1.0.bn1.running_mean", ..., "fc.bias") and
/// initialization.
/// </summary>
/// <remarks>
/// Channels by stage: 64, 64, 128, 256, 512. The ImageNet stem is a 7x7 convolution of stride 2 and 3x3 max-pooling of stride 2; the CIFAR
/// stem a 3x3 convolution of stride 1. A 32x32 image reaches the stages at 8x8, 4x4, 2x2 and 1x1 pixels with the ImageNet stem, and at
/// 32x32, 16x16, 8x8 and 4x4 with the CIFAR stem. Layers: stem, layer1 to layer4, pooling, logits.
/// </remarks>
internal sealed class ResidualNetwork : ImageClassifier
{
    private const int Width = 512;

    private readonly Conv2d conv1;
    private readonly BatchNorm2d bn1;
    private readonly Sequential layer1;
    private readonly Sequential layer2;
    private readonly Sequential layer3;
    private readonly Sequential layer4;

    public ResidualNetwork(NetworkBlueprint blueprint, bool hasCifarStem) : base(blueprint, Width)
    {
        conv1 = hasCifarStem
            ? nn.Conv2d(blueprint.Input.Channels, 64, 3, stride: 1, padding: 1, bias: false)
            : nn.Conv2d(blueprint.Input.Channels, 64, 7, stride: 2, padding: 3, bias: false);
        bn1 = nn.BatchNorm2d(64);
        layer1 = Stage(64, 64, stride: 1);
        layer2 = Stage(64, 128, stride: 2);
        layer3 = Stage(128, 256, stride: 2);
        layer4 = Stage(256, 512, stride: 2);
        RegisterComponents();
        foreach (Conv2d convolution in modules().OfType<Conv2d>().Where(_ => blueprint.DrawsWeights))
            nn.init.kaiming_normal_(convolution.weight, mode: nn.init.FanInOut.FanOut, nonlinearity: nn.init.NonlinearityType.ReLU);
        Layers =
        [
            new("stem", ["conv1.", "bn1."], x => Stem(x, pooled: !hasCifarStem)),
            new("layer1", ["layer1."], layer1.call),
            new("layer2", ["layer2."], layer2.call),
            new("layer3", ["layer3."], layer3.call),
            new("layer4", ["layer4."], layer4.call),
            new("pooling", [], x => x.mean([2, 3])),
            new("logits", ["fc."], fc.call),
        ];
    }

    internal override IReadOnlyList<NetworkLayer> Layers { get; }

    public static IEnumerable<(string Name, long[] Shape)> SizedTensors(ImageShape input, int logitCount)
        => [("fc.weight", [logitCount, Width])];

    private static Sequential Stage(int inputChannels, int channels, int stride)
        => nn.Sequential(new ResidualBlock(inputChannels, channels, stride), new ResidualBlock(channels, channels, 1));

    private Tensor Stem(Tensor input, bool pooled)
    {
        Tensor x = bn1.call(conv1.call(input)).relu_();
        return pooled ? nn.functional.max_pool2d(x, 3, 2, 1) : x;
    }
}
