namespace FeatureReuse;

/// <summary>Specifies how the learning rate changes during a run, step by step.</summary>
public enum LearningRateSchedule
{
    /// <summary>Stays the same; suits runs that stop at a loss threshold.</summary>
    Constant,

    /// <summary>Falls along half a cosine from the learning rate to 0 at the last step of the last epoch.</summary>
    Cosine,

    /// <summary>
    /// Rises from 1/25 of the learning rate over the first 30 % of the run, then falls to 1/250,000 of it, both along a cosine (Smith and
    /// Topin 2018).
    /// </summary>
    OneCycle,

    /// <summary>
    /// Rises by the same factor at each step, from 1e-8 times the learning rate to the learning rate, over <see
    /// cref="TrainingOptions.MaximumSteps"/> (Smith 2017, arXiv 1506.01186); <see cref="LearningRateSearch"/> uses it.
    /// </summary>
    RangeTest,
}
