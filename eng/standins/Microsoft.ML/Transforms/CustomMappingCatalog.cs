using Microsoft.ML.Transforms;

namespace Microsoft.ML;

/// <summary>Columns by the caller's own code.</summary>
public static class CustomMappingCatalog
{
    public static CustomMappingEstimator<TSrc, TDst> CustomMapping<TSrc, TDst>(this TransformsCatalog catalog, Action<TSrc, TDst> mapAction, string? contractName)
        where TSrc : class, new() where TDst : class, new() => new(mapAction);
}
