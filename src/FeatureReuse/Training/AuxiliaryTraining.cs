namespace FeatureReuse;

/// <summary>The task that is trained together with the main task.</summary>
/// <param name="Images">The labelled images.</param>
/// <param name="Head">The head, a slice of the logits.</param>
/// <param name="Weight">The factor of the task's loss.</param>
/// <param name="Mixing">How the tasks take turns.</param>
internal sealed record AuxiliaryTraining(ImageStore Images, Head Head, double Weight, TaskMixing Mixing);
