namespace FeatureReuse;

/// <summary>Computes the loss to minimise: cross-entropy, with label smoothing and mixup if configured.</summary>
internal static class Objective
{
    /// <summary>Returns the mean cross-entropy of logits [n, classes] for labels [n], given the weights of the classes or null.</summary>
    public static Tensor Loss(Tensor logits, Tensor targets, Tensor? weights, double smoothing, AugmentedBatch batch)
    {
        Tensor Loss(Tensor labels) => nn.functional.cross_entropy(logits, labels, weights, label_smoothing: smoothing);
        return batch.Partners is not { } partners ? Loss(targets)
            : Loss(targets).Times(batch.Share).Plus(Loss(targets.index_select(0, partners)), 1 - batch.Share);
    }
}
