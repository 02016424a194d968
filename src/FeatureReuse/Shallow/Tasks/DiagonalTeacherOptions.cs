namespace FeatureReuse;

/// <summary>Options of two sparse linear teachers. The defaults are those of Lippl and Lindsey, arXiv 2310.02396.</summary>
public sealed record DiagonalTeacherOptions : TeacherOptions
{
    /// <summary>Gets the number of coordinates d. Default 1000; 1 to 1,000,000.</summary>
    public int Dimension { get; init; } = 1000;

    /// <summary>Gets the number of coordinates that the auxiliary task uses. Default 40; 1 to d.</summary>
    public int AuxiliaryActive { get; init; } = 40;

    /// <summary>Gets the number of coordinates k that the main task uses. Default 40; 1 to d.</summary>
    public int Active { get; init; } = 40;

    /// <summary>Gets the number of coordinates that both tasks use, with the same signs. Default null: as many as possible.</summary>
    public int? Overlap { get; init; }

    internal int SharedActive => Overlap ?? Math.Min(Active, AuxiliaryActive);

    private protected override void ValidateSizes()
    {
        Require.InRange(Dimension, 1, 1_000_000, nameof(Dimension));
        Require.InRange(AuxiliaryActive, 1, Dimension, nameof(AuxiliaryActive));
        Require.InRange(Active, 1, Dimension, nameof(Active));
        Require.InRange(SharedActive, 0, Math.Min(Active, AuxiliaryActive), nameof(Overlap));
        Require.InRange(AuxiliaryActive + Active - SharedActive, 1, Dimension, "AuxiliaryActive + Active - Overlap");
    }
}
