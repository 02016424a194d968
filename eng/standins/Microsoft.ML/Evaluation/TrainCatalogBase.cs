using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>What the catalogs of the learning tasks share: cross-validation, and a place for trainers to hang on.</summary>
public abstract class TrainCatalogBase
{
    private protected TrainCatalogBase(IHostEnvironmentInternal env)
    {
        ArgumentNullException.ThrowIfNull(env);
        Environment = env;
    }

    internal IHostEnvironmentInternal Environment { get; }

    private protected CrossValidationResult<TMetrics>[] CrossValidate<TMetrics>(
        IDataView data, IEstimator<ITransformer> estimator, int numberOfFolds, string? samplingKeyColumnName, int? seed, Func<IDataView, TMetrics> evaluate)
        where TMetrics : class
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(estimator);
        Evaluation.Checks.That(numberOfFolds > 1, "numFolds", "Must be more than 1");
        var operations = new DataOperationsCatalog(Environment);
        return [.. operations.CrossValidationSplit(data, numberOfFolds, samplingKeyColumnName, seed).Select((split, fold) =>
        {
            ITransformer model = estimator.Fit(split.TrainSet);
            IDataView scored = model.Transform(split.TestSet);
            return new CrossValidationResult<TMetrics>(model, evaluate(scored), scored, fold);
        })];
    }

    /// <summary>One fold of a cross-validation.</summary>
    public sealed class CrossValidationResult<T>
        where T : class
    {
        public readonly T Metrics;
        public readonly ITransformer Model;
        public readonly IDataView ScoredHoldOutSet;
        public readonly int Fold;

        internal CrossValidationResult(ITransformer model, T metrics, IDataView scores, int fold)
        {
            Model = model;
            Metrics = metrics;
            ScoredHoldOutSet = scores;
            Fold = fold;
        }
    }

    /// <summary>What the extension methods that create trainers hang on.</summary>
    public abstract class CatalogInstantiatorBase
    {
        private protected CatalogInstantiatorBase(TrainCatalogBase catalog) => Owner = catalog;

        internal TrainCatalogBase Owner { get; }
    }
}
