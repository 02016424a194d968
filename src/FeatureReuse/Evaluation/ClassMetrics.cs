namespace FeatureReuse;

/// <summary>How well one class is told from the others.</summary>
/// <param name="Name">The class.</param>
/// <param name="Count">Images of it.</param>
/// <param name="Precision">Share of the images taken for it that are of it; 0 where none is taken for it.</param>
/// <param name="Recall">Share of its images that are taken for it; 0 where there are none.</param>
public sealed record ClassMetrics(string Name, int Count, double Precision, double Recall)
{
    /// <summary>The harmonic mean of precision and recall; 0 where both are.</summary>
    public double F1 => Precision + Recall == 0 ? 0 : 2 * Precision * Recall / (Precision + Recall);
}
