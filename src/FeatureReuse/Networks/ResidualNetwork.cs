namespace FeatureReuse;

/// <summary>torchvision's ResNet-18 (He et al. 2016), with its initialization; fields have the names of its parameters.</summary>
/// <remarks>
/// Channels by stage: 64, 64, 128, 256, 512. The ImageNet stem is a 7x7 convolution of stride 2 and 3x3 max-pooling of stride 2, the CIFAR
/// stem a 3x3 convolution of stride 1: a 32x32 image reaches the last stage at 1x1 pixel with the former, at 4x4 with the latter.
/// </remarks>
internal sealed class ResidualNetwork : ImageClassifier
{
    public const int Width = 512;

    private readonly Conv2d conv1;
    private readonly BatchNorm2d bn1;
    private readonly Sequential layer1, layer2, layer3, layer4;

    public ResidualNetwork(NetworkBlueprint blueprint, bool hasCifarStem) : base(blueprint, nn.Linear(Width, blueprint.LogitCount))
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
        foreach (Conv2d convolution in modules().OfType<Conv2d>())
            DrawWeights(convolution);
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

    private static Sequential Stage(int inputChannels, int channels, int stride)
        => nn.Sequential(new BasicBlock(inputChannels, channels, stride), new BasicBlock(channels, channels, 1));

    private Tensor Stem(Tensor input, bool pooled)
    {
        Tensor x = bn1.call(conv1.call(input)).relu_();
        return pooled ? nn.functional.max_pool2d(x, 3, 2, 1) : x;
    }

    /// <summary>Computes relu(bn2(conv2(relu(bn1(conv1(x))))) + shortcut(x)).</summary>
    private sealed class BasicBlock : nn.Module<Tensor, Tensor>
    {
        private readonly Conv2d conv1;
        private readonly BatchNorm2d bn1;
        private readonly Conv2d conv2;
        private readonly BatchNorm2d bn2;
        private readonly Sequential? downsample;

        public BasicBlock(int inputChannels, int channels, int stride) : base(nameof(BasicBlock))
        {
            conv1 = nn.Conv2d(inputChannels, channels, 3, stride: stride, padding: 1, bias: false);
            bn1 = nn.BatchNorm2d(channels);
            conv2 = nn.Conv2d(channels, channels, 3, stride: 1, padding: 1, bias: false);
            bn2 = nn.BatchNorm2d(channels);
            if (stride != 1 || inputChannels != channels)
                downsample = nn.Sequential(nn.Conv2d(inputChannels, channels, 1, stride: stride, bias: false), nn.BatchNorm2d(channels));
            RegisterComponents();
        }

        public override Tensor forward(Tensor input)
        {
            Tensor x = bn2.call(conv2.call(bn1.call(conv1.call(input)).relu_()));
            return x.PlusInPlace(downsample?.call(input) ?? input).relu_();
        }
    }
}
