namespace FeatureReuse;

/// <summary>How the learning rate moves over a run, step by step.</summary>
public enum LearningRateSchedule
{
    /// <summary>The same throughout; right where a loss threshold ends the run.</summary>
    Constant,

    /// <summary>Half a cosine from the learning rate down to 0 at the epoch limit.</summary>
    Cosine,

    /// <summary>Up from 1/25 of the learning rate over the first 30 % of the run, then down to 1/250,000 of it, both along a cosine (Smith and Topin 2018).</summary>
    OneCycle,
}
