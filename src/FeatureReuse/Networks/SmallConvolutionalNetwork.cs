namespace FeatureReuse;

/// <summary>
/// Three convolutions for quick runs: three times (convolution of stride 2, batch norm, ReLU) with 32, 64 and 128 channels, the first 5x5,
/// the others 3x3; then the mean over positions. About 12 times as fast as ResNet-18 on 32x32 images.
/// </summary>
internal sealed class SmallConvolutionalNetwork : ImageClassifier
{
    public const int Width = 128;

    private readonly Conv2d conv1;
    private readonly BatchNorm2d bn1;
    private readonly Conv2d conv2;
    private readonly BatchNorm2d bn2;
    private readonly Conv2d conv3;
    private readonly BatchNorm2d bn3;

    public SmallConvolutionalNetwork(NetworkBlueprint blueprint) : base(blueprint, nn.Linear(Width, blueprint.LogitCount))
    {
        (conv1, bn1) = Block(blueprint.Input.Channels, 32, size: 5);
        (conv2, bn2) = Block(32, 64, size: 3);
        (conv3, bn3) = Block(64, Width, size: 3);
        RegisterComponents();
        Layers =
        [
            new("conv1", ["conv1.", "bn1."], x => bn1.call(conv1.call(x)).relu_()),
            new("conv2", ["conv2.", "bn2."], x => bn2.call(conv2.call(x)).relu_()),
            new("conv3", ["conv3.", "bn3."], x => bn3.call(conv3.call(x)).relu_()),
            new("pooling", [], x => x.mean([2, 3])),
            new("logits", ["fc."], fc.call),
        ];
    }

    internal override IReadOnlyList<NetworkLayer> Layers { get; }

    private (Conv2d, BatchNorm2d) Block(int inputChannels, int channels, int size)
        => (DrawWeights(nn.Conv2d(inputChannels, channels, size, stride: 2, padding: size / 2, bias: false)), nn.BatchNorm2d(channels));
}
