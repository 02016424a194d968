namespace FeatureReuse;

/// <summary>
/// Configures how the main and the auxiliary task share the training of one network. The defaults are the paper's (Lippl and Lindsey, arXiv
/// 2310.02396).
/// </summary>
public sealed record TaskMixingOptions
{
    /// <summary>Gets how the tasks take turns. Default <see cref="TaskMixing.AlternatingEpochs"/>.</summary>
    [JsonPropertyName("Mixing")]
    public TaskMixing Order { get; init; } = TaskMixing.AlternatingEpochs;

    /// <summary>
    /// Gets the factor of the auxiliary task's loss. Default null: both tasks count the same over an epoch, which is 1 with mixed batches,
    /// and with alternating epochs the main task's batches over the auxiliary task's, (n / b) / (N / B) with n and N images, held-out ones
    /// included, in batches of b and B. Above 0, at most 1,000,000.
    /// </summary>
    public double? AuxiliaryWeight { get; init; }

    /// <summary>Gets the name of the main task's head. Default "main".</summary>
    public string MainTask { get; init; } = FeatureTransfer.MainTask;

    /// <summary>Gets the name of the auxiliary task's head. Default "auxiliary".</summary>
    public string AuxiliaryTask { get; init; } = FeatureTransfer.AuxiliaryTask;

    internal void Validate()
    {
        Require.Defined(Order, nameof(Order));
        Require.Positive(AuxiliaryWeight ?? 1, 1e6, nameof(AuxiliaryWeight));
        Require.NotEmpty(MainTask, nameof(MainTask));
        Require.NotEmpty(AuxiliaryTask, nameof(AuxiliaryTask));
    }

    internal double WeightFor(int mainCount, int auxiliaryCount, int batchSize)
    {
        double Batches(int images) => (double)images / Math.Min(images, batchSize);
        return AuxiliaryWeight ?? (Order == TaskMixing.MixedBatches ? 1 : Batches(mainCount) / Batches(auxiliaryCount));
    }
}
