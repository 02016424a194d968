namespace FeatureReuse;

/// <summary>How two tasks take turns.</summary>
public enum TaskMixing
{
    /// <summary>One pass over the main task's images, then one over the auxiliary task's, and so on. What the paper does.</summary>
    AlternatingEpochs,

    /// <summary>Every step sees a batch of each task in one forward pass; an epoch is one pass over the task with more batches, the other is repeated.</summary>
    MixedBatches,
}
