namespace FeatureReuse;

/// <summary>Defines a custom architecture for <see cref="NetworkArchitecture.Create"/>.</summary>
/// <remarks>
/// In files, parameter names are the module's own, prefixed with "network.". The given layers are followed by "features", the head's input,
/// and "logits", the head. Weights are drawn while the module is built, from libtorch's generator, which is seeded before, as it is before
/// every training step. All parameters are trained; <see cref="TrainingOptions.LayerLearningRateFactors"/> freezes layers.
/// </remarks>
public sealed record ArchitectureDefinition
{
    /// <summary>
    /// Gets the function that builds the module for images of a shape and a number of logits. The module maps normalized images [n,
    /// channels, height, width] to [n, logits], the head's output, and must invoke its parts by <c>call</c>, not by <c>forward</c>.
    /// </summary>
    public required Func<ImageShape, int, nn.Module<Tensor, Tensor>> CreateModule { get; init; }

    /// <summary>Gets the name of the head within the module, such as "head.fc": an nn.Linear with one output for each logit.</summary>
    public required string HeadName { get; init; }

    /// <summary>
    /// Gets the names of the layers within the module, such as "features.0" or "block1", in the order of the forward pass. Each is an
    /// <c>nn.Module&lt;Tensor, Tensor&gt;</c>, and together they hold all parameters except the head's.
    /// </summary>
    public required IReadOnlyList<string> LayerNames { get; init; }

    /// <summary>Gets the least height and width of the images, in pixels. Default 1.</summary>
    public int MinimumSide { get; init; } = 1;

    internal void Validate()
    {
        Require.NotNull(CreateModule);
        Require.NotEmpty(HeadName, nameof(HeadName));
        Require.InRange(MinimumSide, 1, 65_536, nameof(MinimumSide));
        string[] names = [.. Require.NotNull(LayerNames), HeadName];
        foreach (string name in LayerNames)
        {
            Require.NotEmpty(name, nameof(LayerNames));
            if (name is CustomClassifier.FeaturesName or CustomClassifier.LogitsName)
                throw new ArgumentException($"{nameof(LayerNames)} has '{name}', a layer that every network has.", nameof(LayerNames));
        }
        string? overlapping = names.FirstOrDefault(outer => names.Count(name => name == outer) > 1
            || names.Any(name => name.StartsWith(outer + ".", StringComparison.Ordinal)));
        if (overlapping is not null)
        {
            throw new ArgumentException($"'{overlapping}' is named twice, or holds another layer or the head; "
                + "layers and head must not overlap.", nameof(LayerNames));
        }
    }
}
