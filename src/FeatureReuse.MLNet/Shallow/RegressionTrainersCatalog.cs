namespace FeatureReuse;

/// <summary>Regression by shallow networks, <c>ml.FeatureReuse.Regression</c>.</summary>
public sealed class RegressionTrainersCatalog
{
    private readonly MLContext _context;

    internal RegressionTrainersCatalog(MLContext context) => _context = context;

    /// <summary>A diagonal linear network, whose coefficients can be read by the features' names.</summary>
    /// <param name="options">Pretrained model, rescaling, auxiliary data, training and column names.</param>
    /// <example><code>
    /// DiagonalLinearTransformer linear = ml.FeatureReuse.Regression.DiagonalLinear().Fit(rows);
    /// Console.WriteLine(string.Join(", ", linear.RankedFeatures.Take(5).Select(feature =&gt; feature.Name)));
    /// </code></example>
    public DiagonalLinearTrainer DiagonalLinear(DiagonalLinearOptions? options = null) => new(_context, options ?? new());

    /// <summary>A two-layer ReLU network.</summary>
    /// <param name="options">Pretrained model, rescaling, auxiliary data, training and column names.</param>
    /// <example><code>
    /// TwoLayerReluTransformer relu = ml.FeatureReuse.Regression.TwoLayerRelu(new() { HiddenUnits = 256 }).Fit(rows);
    /// double error = ml.Regression.Evaluate(relu.Transform(test)).MeanSquaredError;
    /// </code></example>
    public TwoLayerReluTrainer TwoLayerRelu(TwoLayerReluOptions? options = null) => new(_context, options ?? new());
}
