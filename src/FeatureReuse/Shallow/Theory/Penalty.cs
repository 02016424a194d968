namespace FeatureReuse;

/// <summary>The cost of using a feature on the main task, and its dependences. Source: Lippl and Lindsey, arXiv 2310.02396.</summary>
/// <param name="Value">The penalty P; not negative.</param>
/// <param name="LOrder">The l-order d log P / d log b: 1 selects features (rich), 2 shrinks them all (lazy).</param>
/// <param name="FeatureDependence">FD = d log P / d log b_aux: below 0 where the auxiliary task's features are cheaper to use.</param>
/// <param name="ReadoutDependence">d log P / d log g^2 for readout scale g. By a conservation law, the three dependences sum to 1.</param>
public readonly record struct Penalty(double Value, double LOrder, double FeatureDependence, double ReadoutDependence)
{
    /// <summary>Gets the regime that the penalty belongs to.</summary>
    /// <param name="margin">The distance from 1, 2 and 0 that counts as a difference. Default .1; above 0, below .5.</param>
    /// <exception cref="ArgumentOutOfRangeException">The margin is out of its range.</exception>
    public FeatureRegime GetRegime(double margin = .1)
    {
        Require.Inside(margin, 0, .5, nameof(margin));
        return LOrder < 1 + margin ? FeatureRegime.Rich
            : LOrder > 2 - margin ? FeatureRegime.Lazy
            : FeatureDependence < -margin ? FeatureRegime.Nested
            : FeatureRegime.Intermediate;
    }
}
