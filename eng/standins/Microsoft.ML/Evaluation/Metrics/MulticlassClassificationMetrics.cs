using Microsoft.ML.Evaluation;

namespace Microsoft.ML.Data;

/// <summary>The metrics of multiclass classification.</summary>
public sealed class MulticlassClassificationMetrics
{
    internal MulticlassClassificationMetrics(MulticlassCounters counters, ReadOnlyMemory<char>[] classNames, int topKPredictionCount)
    {
        LogLoss = counters.LogLoss;
        LogLossReduction = counters.LogLossReduction;
        MacroAccuracy = counters.MacroAccuracy;
        MicroAccuracy = counters.MicroAccuracy;
        TopKPredictionCount = topKPredictionCount;
        TopKAccuracyForAllK = topKPredictionCount > 0 ? counters.TopKAccuracies(topKPredictionCount) : null!;
        PerClassLogLoss = counters.PerClassLogLoss;
        ConfusionMatrix = new ConfusionMatrix(counters.Confusion, classNames, binary: false);
    }

    public double LogLoss { get; }

    public double LogLossReduction { get; }

    public double MacroAccuracy { get; }

    public double MicroAccuracy { get; }

    public double TopKAccuracy => TopKAccuracyForAllK is null ? 0 : TopKAccuracyForAllK[^1];

    public int TopKPredictionCount { get; }

    public IReadOnlyList<double> TopKAccuracyForAllK { get; }

    public IReadOnlyList<double> PerClassLogLoss { get; }

    public ConfusionMatrix ConfusionMatrix { get; }
}
