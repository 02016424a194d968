using static TorchSharp.torch;

namespace FeatureReuse.Training;

/// <summary>What is minimised: cross-entropy, with smoothed labels and mixed images where they are asked for.</summary>
internal static class Objective
{
    /// <summary>Mean cross-entropy of a batch.</summary>
    /// <param name="logits">[n, classes].</param>
    /// <param name="targets">[n].</param>
    /// <param name="weights">Of the classes, or null.</param>
    /// <param name="smoothing">The share of a label that is spread over all classes.</param>
    /// <param name="batch">How the images were mixed.</param>
    public static Tensor Of(Tensor logits, Tensor targets, Tensor? weights, double smoothing, AugmentedBatch batch)
    {
        Tensor own = Smoothed(logits, targets, weights, smoothing);
        return batch.Partners is { } partners
            ? own.mul(batch.Share).add(Smoothed(logits, targets.index_select(0, partners), weights, smoothing).mul(1 - batch.Share))
            : own;
    }

    /// <summary>As PyTorch's cross_entropy with label_smoothing and weights.</summary>
    private static Tensor Smoothed(Tensor logits, Tensor targets, Tensor? weights, double smoothing)
    {
        if (smoothing == 0)
        {
            return nn.functional.cross_entropy(logits, targets, weights);
        }
        Tensor logs = logits.log_softmax(1);
        Tensor spread = weights is null ? logs.mean().neg() : logs.mul(weights).sum().div(weights.index_select(0, targets).sum()).div(logits.shape[1]).neg();
        return nn.functional.nll_loss(logs, targets, weights).mul(1 - smoothing).add(spread.mul(smoothing));
    }
}
