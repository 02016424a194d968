namespace FeatureReuse;

/// <summary>Two teachers that are sums of ReLU units. The defaults are the paper's (Lippl and Lindsey, arXiv 2310.02396).</summary>
public sealed record ReluTeacherOptions
{
    /// <summary>Inputs d. Default 15; 1 to 100,000.</summary>
    public int Dimension { get; init; } = 15;

    /// <summary>Orthonormal units of the auxiliary task. Default 6; 1 to d.</summary>
    public int AuxiliaryUnits { get; init; } = 6;

    /// <summary>
    /// The cosine of each main unit with the auxiliary unit of its position; one entry a unit. Default six times 1. Each -1 to 1; units that are not wholly
    /// along their auxiliary unit need a direction of their own.
    /// </summary>
    public IReadOnlyList<double> Correlations { get; init; } = [1, 1, 1, 1, 1, 1];

    /// <summary>The main task's readouts. Default <see cref="TeacherScale.Sqrt"/>.</summary>
    public TeacherScale Scale { get; init; } = TeacherScale.Sqrt;

    /// <summary>The auxiliary task's readouts. Default <see cref="TeacherScale.Sqrt"/>.</summary>
    public TeacherScale AuxiliaryScale { get; init; } = TeacherScale.Sqrt;

    /// <summary>Multiplies the whole main teacher. Default 1; above 0, at most 1e6.</summary>
    public double Magnitude { get; init; } = 1;

    /// <summary>The seed of units, signs and samples. Default 0.</summary>
    public int Seed { get; init; }

    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range; the message names it.</exception>
    internal void Validate()
    {
        Require.InRange(Dimension, 1, 100_000, nameof(Dimension));
        Require.InRange(AuxiliaryUnits, 1, Dimension, nameof(AuxiliaryUnits));
        Require.NotNull(Correlations);
        Require.InRange(Correlations.Count, 1, AuxiliaryUnits, $"the number of {nameof(Correlations)}");
        foreach (double correlation in Correlations)
            Require.InRange(correlation, -1, 1, nameof(Correlations));
        Require.InRange(AuxiliaryUnits + Correlations.Count(correlation => Math.Abs(correlation) < 1), 1, Dimension,
            $"{nameof(AuxiliaryUnits)} + the number of {nameof(Correlations)} that are not 1 or -1");
        Require.Defined(Scale, nameof(Scale));
        Require.Defined(AuxiliaryScale, nameof(AuxiliaryScale));
        Require.Positive(Magnitude, 1e6, nameof(Magnitude));
    }
}
