namespace Papers.PaperFigures;

/// <summary>Creates the paper's settings (Lippl and Lindsey, arXiv 2310.02396).</summary>
internal static class Recipes
{
    public const int AuxiliaryImages = 49_000;
    public const int MainImages = 1000;
    public const int MaximumEpochs = 1000;

    /// <summary>Batches of at most 128 until an epoch's loss is below .01; the optimizer depends on the network.</summary>
    public static TrainingOptions Training(Settings settings, int seed, int maximumEpochs) => new()
    {
        Optimizer = settings.Network == NetworkArchitecture.ViT ? Optimizer.Adam : Optimizer.Sgd,
        LearningRate = 1e-3,
        Momentum = .9,
        Regularization = new() { WeightDecay = settings.Network == NetworkArchitecture.ViT ? 5e-5 : 0 },
        BatchSize = 128,
        LossThreshold = .01,
        MaximumEpochs = maximumEpochs,
        Seed = seed,
        Device = settings.Device,
        Threads = settings.Threads,
    };

    /// <summary>Uses the statistics of the batch at hand, and for ViT means over blocks of 4000 features, as published.</summary>
    public static SignatureOptions Signatures(Settings settings, CancellationToken cancellation)
    {
        int? block = settings.Network == NetworkArchitecture.ViT ? 4000 : null;
        return new() { UseBatchStatistics = true, FeatureBlock = block, CancellationToken = cancellation };
    }
}
