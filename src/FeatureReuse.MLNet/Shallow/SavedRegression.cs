using System.Text.Json;

namespace FeatureReuse;

/// <summary>What a file keeps beside the weights of a shallow network.</summary>
internal sealed record SavedRegression<TOptions>(string LibraryVersion, TOptions Options, IReadOnlyList<string> FeatureNames, GradientDescentResult? Training, int Seed) where TOptions : class
{
    public static SavedRegression<TOptions> From<TModel>(TModel model, TOptions options) where TModel : ShallowTransformer
        => new(model.Version, options, model.FeatureNames, model.Training, model.Seed);

    public static SavedRegression<TOptions> Parse(string json) => ModelJson.Parse<SavedRegression<TOptions>>(json, ModelJson.Format, _ => { });

    public string ToJson() => JsonSerializer.Serialize(this, ModelJson.Format);

    /// <exception cref="InvalidDataException">There is another number of names than of features.</exception>
    public void RequireWidth(int width)
    {
        if (FeatureNames.Count != width)
            throw new InvalidDataException($"it has names for {FeatureNames.Count} features, and weights for {width}");
    }
}
