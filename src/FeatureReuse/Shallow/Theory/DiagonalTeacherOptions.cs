namespace FeatureReuse;

/// <summary>Two sparse linear teachers. The defaults are the paper's (Lippl and Lindsey, arXiv 2310.02396).</summary>
public sealed record DiagonalTeacherOptions
{
    /// <summary>Coordinates d. Default 1000; 1 to 1,000,000.</summary>
    public int Dimension { get; init; } = 1000;

    /// <summary>Coordinates that the auxiliary task uses, Default 40; 1 to d.</summary>
    public int AuxiliaryActive { get; init; } = 40;

    /// <summary>Coordinates k that the main task uses. Default 40; 1 to d.</summary>
    public int Active { get; init; } = 40;

    /// <summary>Main coordinates that the auxiliary task uses too, with the same signs. Default null: as many as there can be. 0 to the smaller of both sets.</summary>
    public int? Overlap { get; init; }

    /// <summary>The main task's weights. Default <see cref="TeacherScale.Sqrt"/>.</summary>
    public TeacherScale Scale { get; init; } = TeacherScale.Sqrt;

    /// <summary>The auxiliary task's weights. Default <see cref="TeacherScale.Sqrt"/>.</summary>
    public TeacherScale AuxiliaryScale { get; init; } = TeacherScale.Sqrt;

    /// <summary>Multiplies the whole main teacher. Default 1; above 0, at most 1e6.</summary>
    public double Magnitude { get; init; } = 1;

    /// <summary>The seed of coordinates, signs and samples. Default 0.</summary>
    public int Seed { get; init; }

    internal int SharedActive => Overlap ?? Math.Min(Active, AuxiliaryActive);

    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range; the message names it.</exception>
    internal void Validate()
    {
        Require.InRange(Dimension, 1, 1_000_000, nameof(Dimension));
        Require.InRange(AuxiliaryActive, 1, Dimension, nameof(AuxiliaryActive));
        Require.InRange(Active, 1, Dimension, nameof(Active));
        Require.InRange(SharedActive, 0, Math.Min(Active, AuxiliaryActive), nameof(Overlap));
        Require.InRange(AuxiliaryActive + Active - SharedActive, 1, Dimension, $"{nameof(AuxiliaryActive)} + {nameof(Active)} - {nameof(Overlap)}");
        Require.Defined(Scale, nameof(Scale));
        Require.Defined(AuxiliaryScale, nameof(AuxiliaryScale));
        Require.Positive(Magnitude, 1e6, nameof(Magnitude));
    }
}
