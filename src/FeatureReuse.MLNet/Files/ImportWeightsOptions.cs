namespace FeatureReuse;

/// <summary>Options of <see cref="FeatureReuseCatalog.ImportWeights"/>.</summary>
public sealed record ImportWeightsOptions : ScoringOptions
{
    /// <summary>Gets the architecture. Default <see cref="NetworkArchitecture.ResNet18"/>.</summary>
    public NetworkArchitecture Architecture { get; init; } = NetworkArchitecture.ResNet18;

    /// <summary>Gets the shape of the images.</summary>
    public required ImageShape ImageShape { get; init; }

    /// <summary>
    /// Gets the normalization that the weights were trained with. Default <see cref="InputNormalization.ImageNet"/>, which torchvision's
    /// weights expect.
    /// </summary>
    public InputNormalization Normalization { get; init; } = InputNormalization.ImageNet;

    /// <summary>
    /// Gets the classes of the file's readout, or, if not <see cref="Strict"/>, of a new one. Default null: "0", "1", ...
    /// </summary>
    public IReadOnlyList<string>? ClassNames { get; init; }

    /// <summary>
    /// Gets whether every tensor must be present with the expected shape. Default true; if false, matching tensors are loaded and the
    /// others are logged as a warning.
    /// </summary>
    public bool Strict { get; init; } = true;

    /// <summary>Gets the name of the head. Default "auxiliary".</summary>
    public string TaskName { get; init; } = FeatureTransfer.AuxiliaryTask;

    internal NetworkTransformer Import(IHostEnvironment environment, string path)
    {
        Validate();
        (TrainedClassifier classifier, WeightDifferences differences) = TrainedClassifier.ImportWeights(
            path, Architecture, ImageShape, Normalization, ClassNames, Strict, TaskName);
        if (!differences.IsEmpty)
        {
            using IChannel channel = environment.Register("FeatureReuse.ImportWeights").Start("Import");
            channel.Warning(MessageSensitivity.None, "{0}", $"{path}: {differences}");
        }
        return new NetworkTransformer(classifier, ClassKeys.From("Text", classifier.Head.ClassNames), Columns);
    }

    internal override void Validate()
    {
        base.Validate();
        Require.NotNull(Architecture);
        Require.NotNull(Normalization);
        Require.NotEmpty(TaskName, nameof(TaskName));
    }
}
