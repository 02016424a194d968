namespace FeatureReuse;

/// <summary>Adds a layer's activations as a column. Nothing is trained and no row is read.</summary>
/// <remarks>Input: an image column of the shape that the network takes. Output: Vector&lt;Single&gt; of a known size.</remarks>
public sealed class ExtractFeaturesEstimator : IEstimator<FeatureTransformer>
{
    private readonly NetworkTransformer _pretrained;
    private readonly FeatureTransformer.Layer _layer;

    internal ExtractFeaturesEstimator(NetworkTransformer pretrained, string outputColumnName, string inputColumnName, string? layerName)
    {
        Require.NotEmpty(outputColumnName, nameof(outputColumnName));
        Require.NotEmpty(inputColumnName, nameof(inputColumnName));
        ImageClassifier network = Require.NotNull(pretrained).Network;
        layerName ??= network.LayerNames[^2];
        int width = FeatureTransformer.Layer.WidthOf(network, layerName);
        (_pretrained, _layer) = (pretrained, new(layerName, width, outputColumnName, inputColumnName));
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The image column is missing or of another size or type.</exception>
    public FeatureTransformer Fit(IDataView input)
    {
        var transformer = new FeatureTransformer(_pretrained, _layer);
        transformer.GetOutputSchema(Require.NotNull(input).Schema);
        return transformer;
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema) 
        => PromisedColumns.Vector(Require.NotNull(inputSchema), [_layer.InputColumnName], _layer.OutputColumnName);
}
