namespace FeatureReuse;

/// <summary>The two tasks of a teacher-student experiment.</summary>
public enum TeacherTask
{
    /// <summary>The task that is pretrained on.</summary>
    Auxiliary,

    /// <summary>The task that counts.</summary>
    Main,
}
