using FeatureReuse.MLNet.Scoring;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace FeatureReuse.MLNet;

/// <summary>A layer's activations as a column; uses the weights of a <see cref="NetworkTransformer"/>, which must outlive it.</summary>
public sealed class FeatureTransformer : ITransformer
{
    private readonly NetworkTransformer _pretrained;
    private readonly FeatureLayer _layer;

    internal FeatureTransformer(NetworkTransformer pretrained, FeatureLayer layer)
    {
        _pretrained = pretrained;
        _layer = layer;
    }

    /// <summary>The number of activations a row.</summary>
    public int FeatureCount => _layer.Width;

    /// <summary>True: rows are mapped one by one where that is asked for.</summary>
    public bool IsRowToRowMapper => true;

    /// <inheritdoc/>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => Bind(inputSchema).OutputSchema;

    /// <inheritdoc/>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new BatchedDataView(input, Bind(input.Schema));
    }

    /// <inheritdoc/>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => new RowMapper(Bind(inputSchema));

    /// <summary>Not available in this version.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    void ICanSaveModel.Save(ModelSaveContext ctx) => throw new NotSupportedException("FeatureTransformer cannot be saved in this version of FeatureReuse.MLNet.");

    private FeatureMapping Bind(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return new FeatureMapping(_pretrained.Network, _layer.Name, _layer.Width, _layer.OutputColumnName, _layer.InputColumnName, inputSchema);
    }
}
