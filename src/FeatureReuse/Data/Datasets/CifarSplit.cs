namespace FeatureReuse;

/// <summary>Names a part of CIFAR.</summary>
public enum CifarSplit
{
    /// <summary>The 50,000 training images.</summary>
    Train,

    /// <summary>The 10,000 test images.</summary>
    Test,
}
