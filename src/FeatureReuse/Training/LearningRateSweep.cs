namespace FeatureReuse;

/// <summary>What a range test saw.</summary>
internal sealed class LearningRateSweep(int steps)
{
    private const double Hopeless = 4;
    private const double Smoothing = .9;

    private readonly List<LearningRatePoint> _points = [];
    private double _average;
    private double _least = double.PositiveInfinity;

    public int Steps => steps;

    public IReadOnlyList<LearningRatePoint> Points => _points;

    /// <summary>Adds a step.</summary>
    /// <returns>Whether the test is over: all steps are done, or the loss is four times its least.</returns>
    public bool Add(double rate, double loss)
    {
        _average = Smoothing * _average + (1 - Smoothing) * loss;
        double smoothed = _average / (1 - Math.Pow(Smoothing, _points.Count + 1));
        _points.Add(new(rate, loss, smoothed));
        _least = Math.Min(_least, smoothed);
        return _points.Count == steps || smoothed > Hopeless * _least;
    }
}
