using Microsoft.ML;

namespace FeatureReuse.MLNet;

/// <summary>Regression by shallow networks, <c>ml.FeatureReuse.Regression</c>.</summary>
public sealed class RegressionTrainersCatalog
{
    private readonly MLContext _context;

    internal RegressionTrainersCatalog(MLContext context) => _context = context;

    /// <summary>A diagonal linear network, whose coefficients can be read by the features' names.</summary>
    /// <param name="options">Pretrained model, rescaling, auxiliary data, training and column names.</param>
    public DiagonalLinearEstimator DiagonalLinear(DiagonalLinearOptions? options = null) => new(_context, options ?? new());

    /// <summary>A two-layer ReLU network.</summary>
    /// <param name="options">Pretrained model, rescaling, auxiliary data, training and column names.</param>
    public TwoLayerReluEstimator TwoLayerRelu(TwoLayerReluOptions? options = null) => new(_context, options ?? new());
}
