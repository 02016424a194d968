namespace FeatureReuse;

/// <summary>Computes the learning rate at each step of a schedule.</summary>
internal static class LearningRateCurve
{
    private const double OneCycleWarmUp = .3;
    private const double OneCycleStart = 1 / 25.0;
    private const double OneCycleEnd = OneCycleStart / 1e4;
    private const double RangeTestStart = 1e-8;

    /// <summary>Returns the learning rate of a step, which counts from 0, given the highest one and the number of steps.</summary>
    public static double At(LearningRateSchedule schedule, double peak, long step, long steps)
    {
        double progress = steps <= 1 ? 0 : (double)step / (steps - 1);
        return schedule switch
        {
            LearningRateSchedule.Cosine => Anneal(peak, 0, (double)step / steps),
            LearningRateSchedule.OneCycle when progress < OneCycleWarmUp
                => Anneal(peak * OneCycleStart, peak, progress / OneCycleWarmUp),
            LearningRateSchedule.OneCycle => Anneal(peak, peak * OneCycleEnd, (progress - OneCycleWarmUp) / (1 - OneCycleWarmUp)),
            LearningRateSchedule.RangeTest => peak * Math.Pow(RangeTestStart, 1 - progress),
            _ => peak,
        };
    }

    private static double Anneal(double from, double to, double progress) => to + (from - to) * (1 + Math.Cos(Math.PI * progress)) / 2;
}
