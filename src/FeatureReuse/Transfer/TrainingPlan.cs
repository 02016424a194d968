namespace FeatureReuse;

/// <summary>Describes what a run trains a network on.</summary>
/// <param name="Kind">What the run is for.</param>
/// <param name="Task">The name of the head.</param>
/// <param name="Images">The labelled images.</param>
internal sealed record TrainingPlan(TrainingKind Kind, string Task, ImageStore Images)
{
    /// <summary>Gets the steps that made the network so far.</summary>
    public IReadOnlyList<RunRecord> Before { get; init; } = [];

    /// <summary>Gets by what to multiply the weights first.</summary>
    public Rescaling Rescaling { get; init; } = Rescaling.None;

    /// <summary>Gets the images of the auxiliary task, and how both tasks share the training; null if one task is trained.</summary>
    public (ImageStore Images, TaskMixingOptions Mixing)? Auxiliary { get; init; }

    /// <summary>Returns the data with the heads of a network.</summary>
    public TrainingData DataFor(ImageClassifier network, ImageStore images)
        => new(images, network.HeadNamed(Task), Auxiliary is not (var other, var how) ? null
            : new(other, network.HeadNamed(how.AuxiliaryTask), how.AuxiliaryWeight!.Value, how.Mixing));
}
