namespace FeatureReuse;

/// <summary>How the weights of a diagonal network are found.</summary>
public enum DiagonalSolver
{
    /// <summary>Step by step, as the paper does; stops at the loss threshold, also where the labels cannot be fitted exactly.</summary>
    GradientDescent,

    /// <summary>Solves for where gradient flow ends; much faster with small weights. The labels must be fitted exactly, which needs more features than rows or labels without noise.</summary>
    GradientFlowLimit,
}
