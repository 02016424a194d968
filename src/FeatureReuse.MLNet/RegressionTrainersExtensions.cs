using FeatureReuse;

namespace Microsoft.ML;

/// <summary>Adds trainers of shallow networks to <c>ml.Regression.Trainers</c>.</summary>
public static class RegressionTrainersExtensions
{
    extension(RegressionCatalog.RegressionTrainers trainers)
    {
        /// <summary>
        /// Creates a trainer of diagonal linear networks: linear models without intercept whose training selects features, and whose
        /// coefficients can be read by the names of the features.
        /// </summary>
        /// <param name="options">Pretrained model, rescaling, auxiliary data, training and column names.</param>
        /// <example><code>
        /// DiagonalLinearTransformer linear = ml.Regression.Trainers.DiagonalLinear().Fit(rows);
        /// Console.WriteLine(string.Join(", ", linear.RankedFeatures.Take(5).Select(feature =&gt; feature.Name)));
        /// </code></example>
        public ShallowTrainer<DiagonalLinearTransformer> DiagonalLinear(DiagonalLinearOptions? options = null)
            => new(WarningLog.Connect(trainers), nameof(DiagonalLinear), options ??= new(), options.Train);

        /// <summary>Creates a trainer of two-layer ReLU networks.</summary>
        /// <param name="options">Pretrained model, rescaling, auxiliary data, training and column names.</param>
        /// <example><code>
        /// TwoLayerReluTransformer relu = ml.Regression.Trainers.TwoLayerRelu(new() { HiddenUnits = 256 }).Fit(rows);
        /// double error = ml.Regression.Evaluate(relu.Transform(test)).MeanSquaredError;
        /// </code></example>
        public ShallowTrainer<TwoLayerReluTransformer> TwoLayerRelu(TwoLayerReluOptions? options = null)
            => new(WarningLog.Connect(trainers), nameof(TwoLayerRelu), options ??= new(), options.Train);
    }
}
