namespace FeatureReuse;

/// <summary>Separates the random numbers of different purposes drawn from the same seed. Results depend on these values.</summary>
internal enum RandomStream
{
    ClassSplit = 0,
    BatchOrder = 1,
    ValidationSplit = 2,
    AuxiliaryBatchOrder = 3,
    Folds = 4,
    Augmentation = 5,
    ShallowWeights = 11,
    ShallowReadout = 12,
    ShallowBatchOrder = 13,
    Teachers = 14,
    Tasks = 15,

    /// <summary>The first of many streams: one for each task and each purpose that samples are drawn for.</summary>
    Samples = 1000,
}
