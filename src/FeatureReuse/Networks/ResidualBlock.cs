namespace FeatureReuse;

/// <summary>
/// torchvision's BasicBlock: relu(bn2(conv2(relu(bn1(conv1(x))))) + shortcut(x)). Fields have the names of torchvision's parameters.
/// </summary>
internal sealed class ResidualBlock : nn.Module<Tensor, Tensor>
{
    private readonly Conv2d conv1;
    private readonly BatchNorm2d bn1;
    private readonly Conv2d conv2;
    private readonly BatchNorm2d bn2;
    private readonly Sequential? downsample;

    public ResidualBlock(int inputChannels, int channels, int stride) : base(nameof(ResidualBlock))
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
        Tensor x = bn1.call(conv1.call(input)).relu_();
        x = bn2.call(conv2.call(x));
        return x.PlusInPlace(downsample?.call(input) ?? input).relu_();
    }
}
