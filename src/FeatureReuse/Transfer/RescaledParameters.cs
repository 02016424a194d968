namespace FeatureReuse;

/// <summary>Which parameters a rescaling multiplies.</summary>
public enum RescaledParameters
{
    /// <summary>Every parameter: weights, biases and the affine parameters of batch normalisation, not its running statistics. What the paper does.</summary>
    All,

    /// <summary>The weights of convolutions and linear layers only.</summary>
    Weights,
}
