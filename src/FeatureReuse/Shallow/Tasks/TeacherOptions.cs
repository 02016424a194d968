namespace FeatureReuse;

/// <summary>Options that all pairs of teachers have.</summary>
public abstract record TeacherOptions
{
    private protected TeacherOptions()
    {
    }

    /// <summary>The scale of the main task's teacher. Default <see cref="TeacherScale.Sqrt"/>.</summary>
    public TeacherScale Scale { get; init; } = TeacherScale.Sqrt;

    /// <summary>The scale of the auxiliary task's teacher. Default <see cref="TeacherScale.Sqrt"/>.</summary>
    public TeacherScale AuxiliaryScale { get; init; } = TeacherScale.Sqrt;

    /// <summary>A factor on the main task's teacher. Default 1; above 0, at most 1e6.</summary>
    public double Magnitude { get; init; } = 1;

    /// <summary>The seed of teachers and samples. Default 0.</summary>
    public int Seed { get; init; }

    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range; the message names it.</exception>
    internal virtual void Validate()
    {
        Require.Defined(Scale, nameof(Scale));
        Require.Defined(AuxiliaryScale, nameof(AuxiliaryScale));
        Require.Positive(Magnitude, 1e6, nameof(Magnitude));
    }

    /// <summary>Computes the size of one of the main teacher's entries or units.</summary>
    internal double MainSize(int count) => SizeOf(Scale, count) * Magnitude;

    /// <summary>Computes the size of one of the auxiliary teacher's entries or units.</summary>
    internal double AuxiliarySize(int count) => SizeOf(AuxiliaryScale, count);

    private static double SizeOf(TeacherScale scale, int count) => scale == TeacherScale.Sqrt ? 1 / Math.Sqrt(count) : 1.0 / count;
}
