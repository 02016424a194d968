namespace FeatureReuse;

/// <summary>Configures a step that trains a new network.</summary>
public abstract record NewNetworkOptions : ClassifierOptions
{
    /// <summary>Gets the architecture. Default <see cref="NetworkArchitecture.ResNet18"/>.</summary>
    public NetworkArchitecture Architecture { get; init; } = NetworkArchitecture.ResNet18;

    /// <summary>Gets how pixels become the input. Default <see cref="InputNormalization.Symmetric"/>: 0..255 to [-1, 1].</summary>
    public InputNormalization Normalization { get; init; } = InputNormalization.Symmetric;

    /// <summary>Gets the shape of the images. Default null: from the column's type.</summary>
    public ImageShape? ImageShape { get; init; }

    internal NetworkDefinition Network => new(Architecture) { Normalization = Normalization };

    internal override void Validate()
    {
        base.Validate();
        Require.NotNull(Architecture);
        Require.NotNull(Normalization).Validate();
    }
}
