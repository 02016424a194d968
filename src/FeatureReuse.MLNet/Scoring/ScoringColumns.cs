namespace FeatureReuse.MLNet.Scoring;

/// <summary>The names of the columns that scoring reads and writes.</summary>
internal sealed record ScoringColumns(string Image, string Score, string PredictedLabel);
