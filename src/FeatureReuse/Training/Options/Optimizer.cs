namespace FeatureReuse;

/// <summary>Specifies how gradients become steps.</summary>
public enum Optimizer
{
    /// <summary>Stochastic gradient descent with momentum, which the paper uses for ResNet-18.</summary>
    Sgd,

    /// <summary>Adam with weight decay added to the gradient, which the paper uses for ViT.</summary>
    Adam,

    /// <summary>Adam with decoupled weight decay.</summary>
    AdamW,
}
