namespace FeatureReuse;

/// <summary>Names the independent streams of random numbers that are drawn from one seed.</summary>
internal static class RandomStream
{
    public const int Order = 1;
    public const int Validation = 2;
    public const int AuxiliaryOrder = 3;
    public const int Folds = 4;
    public const int Augmentation = 5;
    public const int Weights = 11;
    public const int Readout = 12;
    public const int Batches = 13;
    public const int Teachers = 14;
    public const int Tasks = 15;

    /// <summary>The first of many: one for each purpose and task.</summary>
    public const int Samples = 1000;
}
