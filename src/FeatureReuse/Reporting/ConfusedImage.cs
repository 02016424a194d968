namespace FeatureReuse;

/// <summary>An image that was taken for another class.</summary>
/// <param name="Row">Its row in the data, from 0.</param>
/// <param name="ActualClass">What it is.</param>
/// <param name="PredictedClass">What it was taken for.</param>
/// <param name="Probability">How sure the classifier was; 0 to 1.</param>
/// <param name="Png">The image as a PNG file: its first three channels, or the first as grey where there are fewer.</param>
public sealed record ConfusedImage(int Row, string ActualClass, string PredictedClass, double Probability, IReadOnlyList<byte> Png);
