namespace FeatureReuse;

/// <summary>The size of the main teacher's k entries or units.</summary>
public enum TeacherScale
{
    /// <summary>1 / sqrt(k): the teacher's norm is 1.</summary>
    Sqrt,

    /// <summary>1 / k.</summary>
    Mean,
}
