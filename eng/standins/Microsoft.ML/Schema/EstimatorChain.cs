using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>When a link of a chain is used.</summary>
[Flags]
public enum TransformerScope
{
    None = 0,
    Training = 1 << 0,
    Testing = 1 << 1,
    Scoring = 1 << 2,
    TrainTest = Training | Testing,
    Everything = Training | Testing | Scoring,
}

/// <summary>Estimators one after the other.</summary>
public sealed class EstimatorChain<TLastTransformer> : IEstimator<TransformerChain<TLastTransformer>> where TLastTransformer : class, ITransformer
{
    private readonly IEstimator<ITransformer>[] _estimators;
    private readonly TransformerScope[] _scopes;
    private readonly bool[] _cacheAfter;

    public EstimatorChain() : this([], [], [])
    {
    }

    private EstimatorChain(IEstimator<ITransformer>[] estimators, TransformerScope[] scopes, bool[] cacheAfter)
    {
        (_estimators, _scopes, _cacheAfter) = (estimators, scopes, cacheAfter);
        LastEstimator = estimators.LastOrDefault() as IEstimator<TLastTransformer>;
    }

    public IEstimator<TLastTransformer>? LastEstimator { get; }

    public TransformerChain<TLastTransformer> Fit(IDataView input)
    {
        GetOutputSchema(SchemaShape.Create(input.Schema));
        IDataView data = input;
        var transformers = new ITransformer[_estimators.Length];
        for (int i = 0; i < transformers.Length; i++)
        {
            transformers[i] = _estimators[i].Fit(data);
            data = transformers[i].Transform(data);
            if (_cacheAfter[i] && i < transformers.Length - 1)
            {
                data = new CachedDataView(data);
            }
        }
        return new TransformerChain<TLastTransformer>(transformers, _scopes);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => _estimators.Aggregate(inputSchema, (shape, estimator) => estimator.GetOutputSchema(shape));

    public EstimatorChain<TNewTrans> Append<TNewTrans>(IEstimator<TNewTrans> estimator, TransformerScope scope = TransformerScope.Everything) where TNewTrans : class, ITransformer
    {
        ArgumentNullException.ThrowIfNull(estimator);
        return new([.. _estimators, (IEstimator<ITransformer>)estimator], [.. _scopes, scope], [.. _cacheAfter, false]);
    }

    public EstimatorChain<TLastTransformer> AppendCacheCheckpoint(IHostEnvironment env)
        => _estimators.Length == 0 ? this : new(_estimators, _scopes, [.. _cacheAfter[..^1], true]);
}
