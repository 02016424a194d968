namespace FeatureReuse;

/// <summary>Regularises the training of a network. By default nothing is regularised.</summary>
public sealed record RegularizationOptions
{
    /// <summary>Gets the weight decay. Default 0; 0 to 1.</summary>
    public double WeightDecay { get; init; }

    /// <summary>
    /// Gets the strength of L2-SP, which pulls every parameter towards its value at the start of the run as weight decay pulls it towards 0
    /// (Li et al. 2018, arXiv 1802.01483). When finetuning, the start is the rescaled pretrained weight. Default 0; 0 to 10.
    /// </summary>
    public double L2SP { get; init; }

    /// <summary>
    /// Gets the part of each label that is spread evenly over all classes (Szegedy et al. 2016, arXiv 1512.00567). Use .05 to .1 when
    /// labels may be wrong or probabilities are overconfident. The loss then stays above 0, so that <see
    /// cref="TrainingOptions.LossThreshold"/> may never be reached. Default 0; 0 to .9.
    /// </summary>
    public double LabelSmoothing { get; init; }

    /// <summary>
    /// Gets the Euclidean norm to which the gradient of a step, taken over all parameters, is clipped (Pascanu et al. 2013, arXiv
    /// 1211.5063). Use about 1 for transformers and for runs that diverge. Default null: gradients are not clipped. Above 0, at most 1e6.
    /// </summary>
    public double? GradientClipNorm { get; init; }

    /// <summary>
    /// Gets the decay of an exponential moving average of the weights, which validation and the result use (Polyak and Juditsky 1992): step
    /// t keeps min(decay, (1 + t) / (10 + t)) of the average. Use .99 to .9999 when the loss is noisy at the end of training. Default null:
    /// no averaging. Above 0, below 1.
    /// </summary>
    public double? EmaDecay { get; init; }

    internal void Validate()
    {
        Require.InRange(WeightDecay, 0, 1, Named(nameof(WeightDecay)));
        Require.InRange(L2SP, 0, 10, Named(nameof(L2SP)));
        Require.InRange(LabelSmoothing, 0, .9, Named(nameof(LabelSmoothing)));
        Require.Positive(GradientClipNorm ?? 1, 1e6, Named(nameof(GradientClipNorm)));
        Require.Inside(EmaDecay ?? .5, 0, 1, Named(nameof(EmaDecay)));
    }

    private static string Named(string option) => $"{nameof(TrainingOptions.Regularization)}.{option}";
}
