namespace FeatureReuse;

/// <summary>Copies a network and multiplies its weights. Only the data's columns are read.</summary>
public sealed class RescaleWeightsEstimator : IEstimator<NetworkTransformer>
{
    private readonly NetworkTransformer _pretrained;
    private readonly Rescaling _rescaling;

    internal RescaleWeightsEstimator(NetworkTransformer pretrained, Rescaling rescaling)
    {
        Require.NotNull(rescaling).RequireLayers(Require.NotNull(pretrained).Network);
        (_pretrained, _rescaling) = (pretrained, rescaling);
    }

    /// <summary>Creates the rescaled copy.</summary>
    /// <param name="input">Rows with images of the network's shape; none is read.</param>
    /// <exception cref="InvalidDataException">The image column is missing or of another size or type.</exception>
    public NetworkTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        ImageColumn.From(input.Schema, _pretrained.Columns.Image, _pretrained.Network.Input);
        return _pretrained.With(FeatureTransfer.RescaleWeights(_pretrained.Classifier, _rescaling));
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => _pretrained.PromisedSchema(inputSchema);
}
