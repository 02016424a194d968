namespace FeatureReuse;

/// <summary>Computes the learning rate at each step of a schedule.</summary>
internal static class LearningRateCurve
{
    private const double OneCycleWarmUp = .3;
    private const double OneCycleStart = 1 / 25.0;
    private const double OneCycleEnd = OneCycleStart / 1e4;

    private const double RangeTestStart = 1e-8;

    /// <param name="schedule">The shape.</param>
    /// <param name="peak">The highest learning rate.</param>
    /// <param name="step">The number of the step, from 0.</param>
    /// <param name="steps">The number of steps up to the limit.</param>
    public static double At(LearningRateSchedule schedule, double peak, long step, long steps)
    {
        double progress = steps <= 1 ? 0 : (double)step / (steps - 1);
        return schedule switch
        {
            LearningRateSchedule.Cosine => Anneal(peak, 0, (double)step / steps),
            LearningRateSchedule.OneCycle => progress < OneCycleWarmUp
                ? Anneal(peak * OneCycleStart, peak, progress / OneCycleWarmUp)
                : Anneal(peak, peak * OneCycleEnd, (progress - OneCycleWarmUp) / (1 - OneCycleWarmUp)),
            // Rises by the same factor at each step, from a hundred-millionth of the peak to the peak.
            LearningRateSchedule.RangeTest => peak * Math.Pow(RangeTestStart, 1 - (double)step / Math.Max(1, steps - 1)),
            _ => peak,
        };
    }

    private static double Anneal(double from, double to, double progress) => to + (from - to) * (1 + Math.Cos(Math.PI * progress)) / 2;
}
