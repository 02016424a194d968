namespace FeatureReuse;

/// <summary>Chooses how the weights of a diagonal network are found.</summary>
public enum DiagonalSolver
{
    /// <summary>Takes gradient steps until the loss threshold, also if the labels cannot be fitted exactly.</summary>
    GradientDescent,

    /// <summary>
    /// Solves for the limit of gradient flow, much faster with small weights. Some coefficients must fit the labels exactly: there must
    /// be more features than rows, or labels without noise.
    /// </summary>
    [JsonStringEnumMemberName("FlowLimit")]
    GradientFlowLimit,
}
