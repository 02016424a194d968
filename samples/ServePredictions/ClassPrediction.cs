namespace ServePredictions;

/// <summary>The response to a request.</summary>
/// <param name="Label">The most probable class.</param>
/// <param name="Probabilities">The probabilities of all classes, by name.</param>
internal sealed record ClassPrediction(string Label, IReadOnlyDictionary<string, float> Probabilities);
