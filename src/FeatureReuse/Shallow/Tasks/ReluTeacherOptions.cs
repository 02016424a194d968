namespace FeatureReuse;

/// <summary>Options of two teachers that are sums of ReLU units. The defaults are those of Lippl and Lindsey, arXiv 2310.02396.</summary>
public sealed record ReluTeacherOptions : TeacherOptions
{
    /// <summary>Gets the number of inputs d. Default 15; 1 to 100,000.</summary>
    public int Dimension { get; init; } = 15;

    /// <summary>Gets the number of orthonormal units of the auxiliary task. Default 6; 1 to d.</summary>
    public int AuxiliaryUnits { get; init; } = 6;

    /// <summary>
    /// Gets the cosine of each main unit with the auxiliary unit at the same position. Default six times 1; each -1 to 1.
    /// </summary>
    public IReadOnlyList<double> Correlations { get; init; } = [1, 1, 1, 1, 1, 1];

    private protected override void ValidateSizes()
    {
        Require.InRange(Dimension, 1, 100_000, nameof(Dimension));
        Require.InRange(AuxiliaryUnits, 1, Dimension, nameof(AuxiliaryUnits));
        Require.InRange(Require.NotNull(Correlations).Count, 1, AuxiliaryUnits, $"the number of {nameof(Correlations)}");
        foreach (double correlation in Correlations)
            Require.InRange(correlation, -1, 1, nameof(Correlations));
        Require.InRange(AuxiliaryUnits + Correlations.Count(correlation => Math.Abs(correlation) < 1), 1, Dimension,
            $"{nameof(AuxiliaryUnits)} + the number of {nameof(Correlations)} that are not 1 or -1");
    }
}
