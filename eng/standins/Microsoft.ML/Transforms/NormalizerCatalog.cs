using Microsoft.ML.Transforms;

namespace Microsoft.ML;

/// <summary>Scales columns by their range or their moments.</summary>
public static class NormalizationCatalog
{
    public static NormalizingEstimator NormalizeMinMax(this TransformsCatalog catalog, string outputColumnName, string? inputColumnName = null,
        long maximumExampleCount = 1_000_000_000, bool fixZero = true)
        => new(outputColumnName, inputColumnName ?? outputColumnName, maximumExampleCount, slot => slot.MinMax(fixZero));

    public static NormalizingEstimator NormalizeMeanVariance(this TransformsCatalog catalog, string outputColumnName, string? inputColumnName = null,
        long maximumExampleCount = 1_000_000_000, bool fixZero = true, bool useCdf = false)
        => useCdf ? throw new NotSupportedException("The stand-in for Microsoft.ML does not normalise by the cumulative distribution.")
            : new(outputColumnName, inputColumnName ?? outputColumnName, maximumExampleCount, slot => slot.MeanVariance(fixZero));
}
