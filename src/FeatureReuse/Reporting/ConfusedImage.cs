namespace FeatureReuse;

/// <summary>A misclassified image.</summary>
/// <param name="Row">Its row in the data, from 0.</param>
/// <param name="ActualClass">Its true class.</param>
/// <param name="PredictedClass">The class that was predicted.</param>
/// <param name="Probability">The probability of the predicted class.</param>
/// <param name="Png">The image as a PNG file.</param>
internal sealed record ConfusedImage(int Row, string ActualClass, string PredictedClass, double Probability, byte[] Png);
