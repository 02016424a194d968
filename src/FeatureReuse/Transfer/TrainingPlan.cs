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

    /// <summary>Gets the auxiliary task's images; null if one task is trained.</summary>
    public ImageStore? Auxiliary { get; init; }

    /// <summary>Gets how two tasks share the training, with the weight decided; null if one task is trained.</summary>
    public TaskMixingOptions? Mixing { get; init; }

    /// <summary>Returns the auxiliary task with its head; null if one task is trained.</summary>
    public AuxiliaryTraining? AuxiliaryFor(ImageClassifier network)
        => Mixing is null ? null : new(Auxiliary!, network.HeadNamed(Mixing.AuxiliaryTask), Mixing.AuxiliaryWeight!.Value, Mixing.Mixing);
}
