namespace FeatureReuse;

/// <summary>
/// Describes a layer's activations on the same images before (rescaled) and after finetuning. With X the activations [images, features],
/// not centred, and C = X^T X / tr(X^T X): participation ratio PR = 1 / tr(C^2), overlap tr(C1 C2), effective number of shared dimensions
/// ENSD = PR1 PR2 tr(C1 C2). Source: Lippl and Lindsey, arXiv 2310.02396.
/// </summary>
/// <param name="Index">The layer's position, from 0.</param>
/// <param name="LayerName">The layer's name.</param>
/// <param name="PretrainedDimensions">
/// The effective number of dimensions (PR) before finetuning; 1 to the number of images or features, or 0 if all activations are 0.
/// </param>
/// <param name="FinetunedDimensions">The effective number of dimensions (PR) after finetuning.</param>
/// <param name="SharedDimensions">The effective number of shared dimensions (ENSD).</param>
/// <param name="Overlap">tr(C1 C2), 0 to 1.</param>
/// <param name="PretrainedNorm">The Euclidean norm of the layer's parameters before finetuning; 0 if there are none.</param>
/// <param name="FinetunedNorm">The Euclidean norm after finetuning.</param>
/// <param name="Change">The Euclidean norm of the difference; for a head that has grown, of the part that both have.</param>
public sealed record LayerSignature(int Index, string LayerName,
    [property: JsonPropertyName("PretrainedPR")] double PretrainedDimensions,
    [property: JsonPropertyName("FinetunedPR")] double FinetunedDimensions,
    [property: JsonPropertyName("Ensd")] double SharedDimensions,
    double Overlap, double PretrainedNorm, double FinetunedNorm, double Change)
{
    private const double MostlyShared = .8;
    private const double HalfShared = .5;
    private const double AsMany = .8;

    /// <summary>
    /// Gets the fraction of the dimensions after finetuning that were there before, ENSD / PR; about 0 to 1. It is 0 if there are none.
    /// </summary>
    public double SharedFraction => FinetunedDimensions == 0 ? 0 : SharedDimensions / FinetunedDimensions;

    /// <summary>Gets how finetuning changed the features.</summary>
    public FeatureReuseKind ReuseKind => SharedFraction < HalfShared ? FeatureReuseKind.New
        : SharedFraction < MostlyShared ? FeatureReuseKind.PartlyNew
        : FinetunedDimensions <= AsMany * PretrainedDimensions ? FeatureReuseKind.NestedSelection
        : FeatureReuseKind.Kept;
}
