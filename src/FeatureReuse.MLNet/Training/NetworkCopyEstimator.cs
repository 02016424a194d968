namespace FeatureReuse;

/// <summary>Copies a network with rescaled weights or calibrated probabilities; the original is not changed.</summary>
public sealed class NetworkCopyEstimator : IEstimator<NetworkTransformer>
{
    private readonly NetworkTransformer _network;
    private readonly Func<IDataView, TrainedClassifier> _change;

    internal NetworkCopyEstimator(NetworkTransformer network, Func<IDataView, TrainedClassifier> change)
        => (_network, _change) = (Require.NotNull(network), change);

    /// <summary>Creates the changed copy.</summary>
    /// <param name="input">
    /// Rows with images of the network's shape. Rescaling reads none. Calibration reads all, with labels; it needs rows that the network
    /// was not trained on, of which some hundreds are enough.
    /// </param>
    /// <exception cref="InvalidDataException">A column or a row does not fit; the message names it.</exception>
    /// <exception cref="ArgumentException">Calibration finds no row, or a label that the network does not know.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public NetworkTransformer Fit(IDataView input)
    {
        ImageColumn.From(Require.NotNull(input).Schema, _network.Columns.Image, _network.Network.Input);
        return _network.With(_change(input));
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
        => PromisedColumns.Classification(Require.NotNull(inputSchema), _network.Classes, _network.Columns);
}
