namespace FeatureReuse;

/// <summary>A constant, row-major: float[] or long[]. A shape without dimensions is that of a single number.</summary>
internal sealed record OnnxConstant(string Name, Array Values, long[] Shape);
