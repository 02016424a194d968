namespace FeatureReuse;

/// <summary>Describes a trained regression; a file has it besides the weights.</summary>
internal sealed record SavedRegression<TOptions>(
    string LibraryVersion, TOptions Options, IReadOnlyList<string> FeatureNames, GradientDescentResult? Training, int Seed);
