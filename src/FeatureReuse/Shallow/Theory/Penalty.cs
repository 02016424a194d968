namespace FeatureReuse;

/// <summary>
/// What it costs a network to use a feature with a given strength on the main task, and how that cost depends on the strength and on the
/// auxiliary task. Source: Lippl and Lindsey, arXiv 2310.02396.
/// </summary>
/// <param name="Value">The penalty P; not negative.</param>
/// <param name="LOrder">l-order, d log P / d log b: 1 selects features (rich), 2 shrinks them all (lazy).</param>
/// <param name="FeatureDependence">FD, d log P / d log b_aux: below 0 where features of the auxiliary task are cheaper to use.</param>
/// <param name="ReadoutDependence">d log P / d log g^2 for readout scale g. Conservation law: the three sum to 1.</param>
public readonly record struct Penalty(double Value, double LOrder, double FeatureDependence, double ReadoutDependence)
{
    /// <summary>The regime that a main-task and an auxiliary strength are in.</summary>
    /// <param name="margin">How far from 1 and 2 the l-order, and from 0 the feature dependence, must lie to count as between. Default .1; above 0, below .5.</param>
    /// <exception cref="ArgumentOutOfRangeException">The margin is out of its range.</exception>
    public FeatureRegime GetRegime(double margin = .1)
    {
        if (!(margin > 0 && margin < .5))
            throw new ArgumentOutOfRangeException(nameof(margin), margin, $"margin is {margin}; it must be above 0 and below .5.");
        return LOrder < 1 + margin ? FeatureRegime.Rich
            : LOrder > 2 - margin ? FeatureRegime.Lazy
            : FeatureDependence < -margin ? FeatureRegime.Nested
            : FeatureRegime.Intermediate;
    }
}
