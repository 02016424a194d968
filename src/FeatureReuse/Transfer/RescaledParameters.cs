namespace FeatureReuse;

/// <summary>Specifies which parameters a rescaling multiplies.</summary>
public enum RescaledParameters
{
    /// <summary>Weights, biases and the parameters of batch normalisation, but not its running statistics. The paper's choice.</summary>
    All,

    /// <summary>Only the weights of convolutions and linear layers.</summary>
    Weights,
}
