namespace Microsoft.ML.Evaluation;

/// <summary>Scores of positive and negative rows, and the areas under the curves that their order draws.</summary>
internal sealed class RankedScores
{
    private readonly List<(float Score, bool Positive)> _rows = [];

    public void Add(bool positive, float score) => _rows.Add((score, positive));

    /// <summary>The chance that a positive row scores above a negative one; equal scores count half.</summary>
    public double AreaUnderRocCurve()
    {
        double positives = _rows.Count(row => row.Positive);
        double negatives = _rows.Count - positives;
        Checks.That(positives > 0, "PosSample", "AUC is not defined when there is no positive class in the data");
        Checks.That(negatives > 0, "NegSample", "AUC is not defined when there is no negative class in the data");
        double pairs = 0;
        double positivesAbove = 0;
        foreach (var tied in _rows.GroupBy(row => row.Score).OrderByDescending(group => group.Key))
        {
            double positivesHere = tied.Count(row => row.Positive);
            double negativesHere = tied.Count() - positivesHere;
            pairs += negativesHere * (positivesAbove + (0.5 * positivesHere));
            positivesAbove += positivesHere;
        }
        return pairs / (positives * negatives);
    }

    /// <summary>By trapezoids, one row at a time from the highest score down; equal scores in the order of the rows.</summary>
    public double AreaUnderPrecisionRecallCurve()
    {
        double positives = _rows.Count(row => row.Positive);
        double area = 0;
        double taken = 0;
        double truePositives = 0;
        double precision = 1;
        foreach ((_, bool positive) in _rows.OrderByDescending(row => row.Score))
        {
            taken++;
            double before = precision;
            truePositives += positive ? 1 : 0;
            precision = truePositives / taken;
            area += positive ? (before + precision) / 2 / positives : 0;
        }
        return area;
    }
}
