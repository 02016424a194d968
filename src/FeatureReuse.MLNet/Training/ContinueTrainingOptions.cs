namespace FeatureReuse;

/// <summary>Configures <see cref="FeatureReuseCatalog.ContinueTraining"/>.</summary>
public sealed record ContinueTrainingOptions : ClassifierOptions;
