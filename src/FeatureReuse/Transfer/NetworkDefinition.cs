namespace FeatureReuse;

/// <summary>Describes a network to build and train from scratch.</summary>
/// <param name="Architecture">The architecture.</param>
public sealed record NetworkDefinition(NetworkArchitecture Architecture)
{
    /// <summary>Gets how pixels become the network's input. Default <see cref="InputNormalization.Symmetric"/>: [-1, 1].</summary>
    public InputNormalization Normalization { get; init; } = InputNormalization.Symmetric;

    /// <summary>Builds the network with a head for each task, in their order.</summary>
    /// <exception cref="ArgumentException">Two tasks have the same name, or the images do not fit.</exception>
    internal ImageClassifier Build(ImageShape input, int seed, params IReadOnlyList<(string Name, IReadOnlyList<string> ClassNames)> tasks)
        => Require.NotNull(Architecture).Build(input, Require.NotNull(Normalization), Head.Consecutive(tasks), seed);
}
