namespace FeatureReuse;

/// <summary>Computes the loss to minimise: cross-entropy, with label smoothing and mixup if configured.</summary>
internal static class Objective
{
    /// <summary>Returns the mean cross-entropy of a batch.</summary>
    /// <param name="logits">The logits, [n, classes].</param>
    /// <param name="targets">The labels, [n].</param>
    /// <param name="weights">The weights of the classes; null if all are equal.</param>
    /// <param name="smoothing">The part of a label that is spread over all classes.</param>
    /// <param name="batch">How the images were mixed.</param>
    public static Tensor Loss(Tensor logits, Tensor targets, Tensor? weights, double smoothing, AugmentedBatch batch)
    {
        Tensor Loss(Tensor labels) => nn.functional.cross_entropy(logits, labels, weights, label_smoothing: smoothing);
        return batch.Partners is not { } partners ? Loss(targets)
            : Loss(targets).Times(batch.Share).Plus(Loss(targets.index_select(0, partners)), 1 - batch.Share);
    }
}
