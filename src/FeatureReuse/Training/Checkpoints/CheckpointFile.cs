namespace FeatureReuse;

/// <summary>The file of one training within a run.</summary>
/// <param name="Path">The path.</param>
/// <param name="Identity">What a training must have in common with the one that wrote the file.</param>
internal sealed record CheckpointFile(string Path, CheckpointIdentity Identity);
