namespace FeatureReuse;

/// <summary>Streams of the shallow networks' random numbers, apart from each other for the same seed.</summary>
internal static class RandomStream
{
    public const int Weights = 11;
    public const int Readout = 12;
    public const int Batches = 13;
    public const int Teachers = 14;
    public const int Tasks = 15;

    /// <summary>The first of many: one for each purpose and task.</summary>
    public const int Samples = 1000;
}
