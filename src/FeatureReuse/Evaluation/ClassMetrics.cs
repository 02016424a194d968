namespace FeatureReuse;

/// <summary>Describes how well one class is recognised.</summary>
/// <param name="Name">The class.</param>
/// <param name="Count">The number of images of the class.</param>
/// <param name="Precision">The fraction of the images predicted as this class that belong to it; 0 if there are none.</param>
/// <param name="Recall">The fraction of the images of this class that are predicted as it; 0 if there are none.</param>
public sealed record ClassMetrics(string Name, int Count, double Precision, double Recall)
{
    /// <summary>Gets the harmonic mean of precision and recall; 0 if both are 0.</summary>
    public double F1 => Precision + Recall == 0 ? 0 : 2 * Precision * Recall / (Precision + Recall);
}
