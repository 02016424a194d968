namespace FeatureReuse;

/// <summary>Defines a custom architecture for <see cref="NetworkArchitecture.Create"/>.</summary>
/// <remarks>
/// In files, parameters have the module's own names behind "network.". The given layers are followed by "features", the head's input, and
/// "logits", the head. Weights are drawn while the module is built, from libtorch's generator, which is seeded before.
/// </remarks>
public sealed record ArchitectureDefinition
{
    /// <summary>
    /// Builds the module for images of a shape and a number of logits. It maps normalized images [n, channels, height, width] to [n,
    /// logits], the head's output, and calls its parts by their call, as TorchSharp's own modules do.
    /// </summary>
    public required Func<ImageShape, int, nn.Module<Tensor, Tensor>> CreateModule { get; init; }

    /// <summary>Gets the name of the head within the module, such as "head.fc": an nn.Linear with one output for each logit.</summary>
    public required string HeadName { get; init; }

    /// <summary>
    /// Gets the names of the layers within the module, such as "features.0" or "block1", in the order of the forward pass: modules from
    /// tensor to tensor that together hold all parameters but the head's.
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
