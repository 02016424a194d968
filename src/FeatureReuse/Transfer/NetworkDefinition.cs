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
    {
        string? twice = tasks.GroupBy(task => task.Name).FirstOrDefault(group => group.Count() > 1)?.Key;
        if (twice is not null)
            throw new ArgumentException($"Two tasks are named '{twice}'; tasks have different names.", nameof(tasks));
        List<Head> heads = [];
        foreach ((string name, IReadOnlyList<string> classNames) in tasks)
            heads.Add(new Head(name, classNames, heads.Sum(head => head.ClassCount)));
        return Require.NotNull(Architecture).Build(input, Require.NotNull(Normalization), heads, seed);
    }
}
