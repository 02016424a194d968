namespace FeatureReuse;

/// <summary>The images of similar confidence. Calibrated probabilities have an accuracy equal to the confidence.</summary>
/// <param name="From">The least confidence of the bin.</param>
/// <param name="To">The greatest.</param>
/// <param name="Count">Images in it.</param>
/// <param name="Confidence">Their mean confidence; 0 where there are none.</param>
/// <param name="Accuracy">The share of them classified rightly; 0 where there are none.</param>
public sealed record ReliabilityBin(double From, double To, int Count, double Confidence, double Accuracy);
