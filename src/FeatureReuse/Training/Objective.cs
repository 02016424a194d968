namespace FeatureReuse;

/// <summary>What is minimised: cross-entropy, with smoothed labels and mixed images where they are asked for.</summary>
internal static class Objective
{
    /// <summary>Mean cross-entropy of a batch.</summary>
    /// <param name="logits">[n, classes].</param>
    /// <param name="targets">[n].</param>
    /// <param name="weights">Of the classes, or null.</param>
    /// <param name="smoothing">The share of a label that is spread over all classes.</param>
    /// <param name="batch">How the images were mixed.</param>
    public static Tensor Loss(Tensor logits, Tensor targets, Tensor? weights, double smoothing, AugmentedBatch batch)
    {
        Tensor Loss(Tensor labels) => nn.functional.cross_entropy(logits, labels, weights, label_smoothing: smoothing);
        return batch.Partners is { } partners ? Loss(targets).Times(batch.Share).Plus(Loss(targets.index_select(0, partners)), 1 - batch.Share) : Loss(targets);
    }
}
