namespace FeatureReuse;

/// <summary>Names the two tasks of a teacher-student experiment.</summary>
public enum TeacherTask
{
    /// <summary>The task to pretrain on.</summary>
    Auxiliary,

    /// <summary>The task to finetune on.</summary>
    Main,
}
