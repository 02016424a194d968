using Microsoft.ML.Evaluation;

namespace Microsoft.ML.Data;

/// <summary>The metrics of binary classification that need no probabilities.</summary>
public class BinaryClassificationMetrics
{
    internal BinaryClassificationMetrics(BinaryCounters counters)
    {
        AreaUnderRocCurve = counters.AreaUnderRocCurve;
        Accuracy = counters.Accuracy;
        PositivePrecision = counters.PositivePrecision;
        PositiveRecall = counters.PositiveRecall;
        NegativePrecision = counters.NegativePrecision;
        NegativeRecall = counters.NegativeRecall;
        F1Score = counters.F1Score;
        AreaUnderPrecisionRecallCurve = counters.AreaUnderPrecisionRecallCurve;
        ConfusionMatrix = new ConfusionMatrix(counters.Confusion, counters.ClassNames, binary: true);
    }

    public double AreaUnderRocCurve { get; }

    public double Accuracy { get; }

    public double PositivePrecision { get; }

    public double PositiveRecall { get; }

    public double NegativePrecision { get; }

    public double NegativeRecall { get; }

    public double F1Score { get; }

    public double AreaUnderPrecisionRecallCurve { get; }

    public ConfusionMatrix ConfusionMatrix { get; }
}
