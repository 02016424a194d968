namespace FeatureReuse;

/// <summary>Describes what a step trains: the head of a task on labelled images.</summary>
internal sealed record TrainingPlan(TrainingKind Kind, string Task, ImageStore Images)
{
    /// <summary>Gets the steps that made the network.</summary>
    public IReadOnlyList<RunRecord> Before { get; init; } = [];

    public Rescaling Rescaling { get; init; } = Rescaling.None;

    /// <summary>Gets the task that is trained together with this one, and how the two share the training.</summary>
    public (ImageStore Images, TaskMixingOptions Mixing)? Auxiliary { get; init; }
}
