namespace FeatureReuse;

/// <summary>Which activations go from which column into which.</summary>
internal sealed record FeatureLayer(string Name, int Width, string OutputColumnName, string InputColumnName);
