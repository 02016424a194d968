namespace FeatureReuse;

/// <summary>Describes the images of similar confidence. Calibrated probabilities have an accuracy equal to the confidence.</summary>
/// <param name="From">The lower bound of the confidence.</param>
/// <param name="To">The upper bound of the confidence.</param>
/// <param name="Count">The number of images.</param>
/// <param name="Confidence">The mean confidence; 0 if there are no images.</param>
/// <param name="Accuracy">The fraction classified correctly; 0 if there are no images.</param>
public sealed record ReliabilityBin(double From, double To, int Count, double Confidence, double Accuracy);
