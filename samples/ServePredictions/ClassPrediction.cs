namespace ServePredictions;

/// <summary>The answer to a request.</summary>
/// <param name="Label">The most probable class.</param>
/// <param name="Probabilities">Of all classes, by name.</param>
internal sealed record ClassPrediction(string Label, IReadOnlyDictionary<string, float> Probabilities);
