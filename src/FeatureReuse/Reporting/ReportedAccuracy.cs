namespace FeatureReuse;

/// <summary>One run of a comparison.</summary>
/// <param name="Setup">How the main task was learned, such as "PT+FT rescaled by 0.125".</param>
/// <param name="TrainingSize">The number of training images of the main task; at least 1.</param>
/// <param name="Seed">The run's seed.</param>
/// <param name="Accuracy">The accuracy on test images, 0 to 1.</param>
public sealed record ReportedAccuracy(string Setup, int TrainingSize, int Seed, double Accuracy);
