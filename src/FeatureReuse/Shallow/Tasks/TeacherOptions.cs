namespace FeatureReuse;

/// <summary>Options that all pairs of teachers have.</summary>
public abstract record TeacherOptions
{
    /// <summary>Gets the scale of the main task's teacher. Default <see cref="TeacherScale.Sqrt"/>.</summary>
    public TeacherScale Scale { get; init; } = TeacherScale.Sqrt;

    /// <summary>Gets the scale of the auxiliary task's teacher. Default <see cref="TeacherScale.Sqrt"/>.</summary>
    public TeacherScale AuxiliaryScale { get; init; } = TeacherScale.Sqrt;

    /// <summary>Gets a factor on the main task's teacher. Default 1; above 0, at most 1e6.</summary>
    public double Magnitude { get; init; } = 1;

    /// <summary>Gets the seed of teachers and samples. Default 0.</summary>
    public int Seed { get; init; }

    internal void Validate()
    {
        Require.Defined(Scale, nameof(Scale));
        Require.Defined(AuxiliaryScale, nameof(AuxiliaryScale));
        Require.Positive(Magnitude, 1e6, nameof(Magnitude));
        ValidateSizes();
    }

    /// <summary>Computes the sizes of an entry or unit of each teacher.</summary>
    internal (double Auxiliary, double Main) SizesOf(int auxiliaryCount, int count)
    {
        return (SizeOf(AuxiliaryScale, auxiliaryCount), SizeOf(Scale, count) * Magnitude);

        static double SizeOf(TeacherScale scale, int count) => scale == TeacherScale.Sqrt ? 1 / Math.Sqrt(count) : 1.0 / count;
    }

    private protected abstract void ValidateSizes();
}
