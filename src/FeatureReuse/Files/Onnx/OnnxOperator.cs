namespace FeatureReuse;

/// <summary>An operator with one result. Attributes are of type float, long or long[].</summary>
internal sealed record OnnxOperator(string Type, IReadOnlyList<string> Inputs, string Output,
    IReadOnlyList<(string Name, object Value)> Attributes);
