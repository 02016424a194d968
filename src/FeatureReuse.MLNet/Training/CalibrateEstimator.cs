namespace FeatureReuse;

/// <summary>
/// Calibrates the probabilities of a network on images it was not trained on, by temperature scaling. Predictions do not change.
/// </summary>
/// <remarks>Input: images of the shape that the network takes, and labels. Source: Guo et al. 2017, arXiv 1706.04599.</remarks>
public sealed class CalibrateEstimator : IEstimator<NetworkTransformer>
{
    private readonly NetworkTransformer _model;
    private readonly CalibrateOptions _options;

    internal CalibrateEstimator(NetworkTransformer model, CalibrateOptions options)
    {
        Require.NotEmpty(options.LabelColumnName, nameof(options.LabelColumnName));
        (_model, _options) = (Require.NotNull(model), options);
    }

    /// <summary>Creates the calibrated copy; its last run is a <see cref="CalibrationRun"/>.</summary>
    /// <param name="input">Rows that the network was not trained on; some hundreds are enough.</param>
    /// <exception cref="InvalidDataException">A column or a row does not fit; the message names it.</exception>
    /// <exception cref="ArgumentException">There is no row, or a label that the network does not know.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public NetworkTransformer Fit(IDataView input)
    {
        var columns = new LabelledColumns(input, _model.Columns.Image, _model.Network.Input, _options.LabelColumnName);
        ImageStore images = columns.Read(_options.CancellationToken);
        return _model.With(FeatureTransfer.Calibrate(_model.Classifier, images, _options.CancellationToken));
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => _model.PromisedSchema(inputSchema);
}
