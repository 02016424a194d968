using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>Uses models.</summary>
public sealed class ModelOperationsCatalog
{
    internal ModelOperationsCatalog(IHostEnvironment environment) => Environment = environment;

    internal IHostEnvironment Environment { get; }

    public PredictionEngine<TSrc, TDst> CreatePredictionEngine<TSrc, TDst>(ITransformer transformer, bool ignoreMissingColumns = true)
        where TSrc : class where TDst : class, new() => new(transformer, new PredictionEngineOptions { IgnoreMissingColumns = ignoreMissingColumns });

    public PredictionEngine<TSrc, TDst> CreatePredictionEngine<TSrc, TDst>(ITransformer transformer, PredictionEngineOptions options)
        where TSrc : class where TDst : class, new() => new(transformer, options);
}
