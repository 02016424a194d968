namespace FeatureReuse;

/// <summary>Temperature scaling: makes the probabilities of a network fit how often it is right, on images it was not trained on; predictions stay.</summary>
/// <remarks>Input: images of the shape that the network takes, and labels. Source: Guo et al. 2017, arXiv 1706.04599.</remarks>
public sealed class CalibrateEstimator : IEstimator<NetworkTransformer>
{
    private readonly NetworkTransformer _model;
    private readonly string _labelColumnName;
    private readonly CancellationToken _cancellation;

    internal CalibrateEstimator(NetworkTransformer model, string labelColumnName, CancellationToken cancellation)
    {
        Require.NotNull(model);
        Require.NotEmpty(labelColumnName, nameof(labelColumnName));
        (_model, _labelColumnName, _cancellation) = (model, labelColumnName, cancellation);
    }

    /// <summary>The calibrated copy; its last run holds the temperature.</summary>
    /// <param name="input">Rows that the network was not trained on; some hundreds are enough.</param>
    /// <exception cref="InvalidDataException">A column or a row does not fit; the message names it.</exception>
    /// <exception cref="ArgumentException">There is no row, or a label that the network does not know.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public NetworkTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        ImageColumn column = ImageColumn.From(input.Schema, _model.Columns.Image, _model.Network.Input);
        ClassKeys labels = ClassKeys.From(ImageColumn.RequireColumn(input.Schema, _labelColumnName));
        ImageStore images = ImageReader.Read(input, column, _labelColumnName, labels, _cancellation);
        return new NetworkTransformer(FeatureTransfer.Calibrate(_model.Classifier, images, _cancellation), _model.Classes, _model.Columns);
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return PromisedColumns.Classification(inputSchema, _model.Classes, _model.Columns);
    }
}
