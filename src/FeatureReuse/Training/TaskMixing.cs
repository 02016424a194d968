namespace FeatureReuse;

/// <summary>Specifies how two tasks take turns.</summary>
public enum TaskMixing
{
    /// <summary>Alternates passes over the main and the auxiliary task's images, as in the paper.</summary>
    AlternatingEpochs,

    /// <summary>Trains a batch of each in every step. An epoch is one pass over the task with more batches; the other repeats.</summary>
    MixedBatches,
}
