namespace FeatureReuse;

/// <summary>The labelled images that a run trains on, and the heads that classify them.</summary>
/// <param name="Images">The images of the main task.</param>
/// <param name="Head">The head of the main task.</param>
/// <param name="Auxiliary">The auxiliary task of multi-task learning; null if one task is trained.</param>
internal sealed record TrainingData(ImageStore Images, Head Head, AuxiliaryTraining? Auxiliary = null)
{
    /// <summary>Gets the images of all tasks.</summary>
    public IEnumerable<ImageStore> All => Auxiliary is null ? [Images] : [Images, Auxiliary.Images];
}
