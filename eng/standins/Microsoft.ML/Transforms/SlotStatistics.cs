namespace Microsoft.ML.Transforms;

/// <summary>Range and moments of one slot; what is not a number does not count.</summary>
internal sealed class SlotStatistics
{
    private double _min = double.PositiveInfinity;
    private double _max = double.NegativeInfinity;
    private double _mean;
    private double _squares;
    private long _count;

    public void Add(double value)
    {
        if (double.IsNaN(value))
        {
            return;
        }
        (_min, _max) = (Math.Min(_min, value), Math.Max(_max, value));
        double difference = value - _mean;
        _mean += difference / ++_count;
        _squares += difference * (value - _mean);
    }

    /// <summary>To [0, 1], or with zero kept to [-1, 1].</summary>
    public (float Scale, float Offset) MinMax(bool fixZero)
    {
        if (fixZero)
        {
            double largest = Math.Max(Math.Abs(_min), Math.Abs(_max));
            return ((float)Inverse(largest), 0);
        }
        return ((float)Inverse(_max - _min), (float)-_min);
    }

    /// <summary>To mean 0 and variance 1, or with zero kept to a mean square of 1.</summary>
    public (float Scale, float Offset) MeanVariance(bool fixZero)
    {
        double variance = _count == 0 ? 0 : _squares / _count;
        return fixZero ? ((float)Inverse(Math.Sqrt(variance + _mean * _mean)), 0) : ((float)Inverse(Math.Sqrt(variance)), (float)-_mean);
    }

    private static double Inverse(double value) => double.IsFinite(value) && value != 0 ? 1 / value : 0;
}
