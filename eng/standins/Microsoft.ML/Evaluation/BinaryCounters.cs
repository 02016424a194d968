namespace Microsoft.ML.Evaluation;

/// <summary>What one pass over scored rows counts, and the binary metrics that follow from it.</summary>
internal sealed class BinaryCounters(ReadOnlyMemory<char>[] classNames)
{
    private readonly RankedScores _ranked = new();
    private double _truePositives;
    private double _trueNegatives;
    private double _falsePositives;
    private double _falseNegatives;
    private double _calibratedPositives;
    private double _calibratedNegatives;
    private double _logLoss;

    public ReadOnlyMemory<char>[] ClassNames => classNames;

    public double[][] Confusion => [[_truePositives, _falseNegatives], [_falsePositives, _trueNegatives]];

    public double Accuracy => (_truePositives + _trueNegatives) / Rows;

    public double PositivePrecision => Ratio(_truePositives, _falsePositives);

    public double PositiveRecall => Ratio(_truePositives, _falseNegatives);

    public double NegativePrecision => Ratio(_trueNegatives, _falseNegatives);

    public double NegativeRecall => Ratio(_trueNegatives, _falsePositives);

    public double F1Score => PositivePrecision + PositiveRecall == 0 ? 0 : 2 * PositivePrecision * PositiveRecall / (PositivePrecision + PositiveRecall);

    public double AreaUnderRocCurve => _ranked.AreaUnderRocCurve();

    public double AreaUnderPrecisionRecallCurve => _ranked.AreaUnderPrecisionRecallCurve();

    /// <summary>In bits, as all logarithms of binary metrics.</summary>
    public double Entropy => EntropyOf((_truePositives + _falseNegatives) / Rows);

    public double LogLoss => double.IsNaN(_logLoss) ? double.NaN : CalibratedRows > 0 ? _logLoss / CalibratedRows : 0;

    public double LogLossReduction
    {
        get
        {
            if (CalibratedRows == 0)
            {
                return 0;
            }
            double prior = EntropyOf(_calibratedPositives / CalibratedRows);
            return (prior - (_logLoss / CalibratedRows)) / prior;
        }
    }

    private double Rows => _truePositives + _trueNegatives + _falsePositives + _falseNegatives;

    private double CalibratedRows => _calibratedPositives + _calibratedNegatives;

    public void Add(bool positive, float score, float probability)
    {
        bool predicted = score > 0;
        if (positive)
        {
            _truePositives += predicted ? 1 : 0;
            _falseNegatives += predicted ? 0 : 1;
        }
        else
        {
            _falsePositives += predicted ? 1 : 0;
            _trueNegatives += predicted ? 0 : 1;
        }
        if (!float.IsNaN(probability))
        {
            _calibratedPositives += positive ? 1 : 0;
            _calibratedNegatives += positive ? 0 : 1;
        }
        _logLoss += -Math.Log2(positive ? probability : 1.0 - probability);
        _ranked.Add(positive, score);
    }

    private static double Ratio(double part, double rest) => part + rest > 0 ? part / (part + rest) : 0;

    private static double EntropyOf(double probability) => probability switch
    {
        0 or 1 => 0,
        < 0 or > 1 => double.NaN,
        _ => (-probability * Math.Log2(probability)) - ((1 - probability) * Math.Log2(1 - probability)),
    };
}
