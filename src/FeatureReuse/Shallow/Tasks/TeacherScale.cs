namespace FeatureReuse;

/// <summary>Chooses the size of a teacher's k entries or units.</summary>
public enum TeacherScale
{
    /// <summary>1 / sqrt(k), so that the teacher's norm is 1.</summary>
    Sqrt,

    /// <summary>1 / k.</summary>
    Mean,
}
