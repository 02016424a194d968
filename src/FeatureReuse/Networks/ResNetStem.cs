namespace FeatureReuse;

/// <summary>The first layer of a residual network.</summary>
internal enum ResNetStem
{
    /// <summary>7x7 convolution of stride 2 and 3x3 max-pooling of stride 2: a sixteenth of the positions reach the first stage.</summary>
    ImageNet,

    /// <summary>3x3 convolution of stride 1, no pooling: all positions reach the first stage.</summary>
    Cifar,
}
