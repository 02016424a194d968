namespace Microsoft.ML.Evaluation;

/// <summary>What one pass over scored rows counts, and the multiclass metrics that follow from it.</summary>
internal sealed class MulticlassCounters(int classes)
{
    private const float SmallestProbability = 1e-15f;

    private readonly double[] _rowsOfClass = new double[classes];
    private readonly double[] _logLossOfClass = new double[classes];
    private readonly double[] _rowsOfRank = new double[classes + 1];
    private double _rows;
    private double _correct;
    private double _logLoss;

    /// <summary>Rows by true class, then by predicted class.</summary>
    public double[][] Confusion { get; } = [.. Enumerable.Range(0, classes).Select(_ => new double[classes])];

    public double MicroAccuracy => _rows > 0 ? _correct / _rows : 0;

    public double MacroAccuracy => Enumerable.Range(0, classes).Where(c => _rowsOfClass[c] > 0).Select(c => Confusion[c][c] / _rowsOfClass[c]).DefaultIfEmpty(0).Average();

    public double LogLoss => _rows > 0 ? _logLoss / _rows : 0;

    /// <summary>The part of the labels' entropy, the log-loss of always answering the prior, that the scores save.</summary>
    public double LogLossReduction
    {
        get
        {
            double entropy = _rowsOfClass.Where(rows => rows != 0).Sum(rows => rows * Math.Log(rows / _rows)) / -_rows;
            return (entropy - LogLoss) / entropy;
        }
    }

    public double[] PerClassLogLoss => [.. _logLossOfClass.Select((loss, c) => _rowsOfClass[c] > 0 ? loss / _rowsOfClass[c] : 0)];

    public double[] TopKAccuracies(int k)
    {
        var accuracies = new double[k];
        double sum = 0;
        for (int rank = 0; rank < k; rank++)
        {
            sum += _rowsOfRank[rank] / _rows;
            accuracies[rank] = sum;
        }
        return accuracies;
    }

    public void Add(int label, float[] scores)
    {
        bool known = label < scores.Length;
        // A class that training did not see counts with the largest loss and with the last rank.
        float probability = known ? Math.Min(1, Math.Max(SmallestProbability, scores[label])) : SmallestProbability;
        double loss = -Math.Log(probability);
        float correct = known ? scores[label] : 0;
        int rank = 0;
        int assigned = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            // Among equal scores the first stands first.
            if (scores[i] > correct || (scores[i] == correct && i < label))
            {
                rank++;
            }
            if (scores[i] > scores[assigned])
            {
                assigned = i;
            }
        }
        _rows++;
        _logLoss += loss;
        _rowsOfRank[rank]++;
        if (!known)
        {
            return;
        }
        _rowsOfClass[label]++;
        _logLossOfClass[label] += loss;
        if (rank == 0)
        {
            _correct++;
            assigned = label;
        }
        Confusion[label][assigned]++;
    }
}
