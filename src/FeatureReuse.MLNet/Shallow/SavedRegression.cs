namespace FeatureReuse;

/// <summary>Describes a trained regression; a file has it besides the weights.</summary>
internal sealed record SavedRegression<TOptions>(
    string LibraryVersion, TOptions Options, IReadOnlyList<string> FeatureNames, GradientDescentResult? Training, int Seed)
    where TOptions : ShallowOptions
{
    public static SavedRegression<TOptions> Parse(string json)
        => ModelJson.Parse<SavedRegression<TOptions>>(json);

    public string ToJson() => JsonSerializer.Serialize(this, ModelJson.Format);
}
