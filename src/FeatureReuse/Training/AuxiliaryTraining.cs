namespace FeatureReuse;

/// <summary>What is trained beside the main task.</summary>
/// <param name="Images">Its labelled images.</param>
/// <param name="Head">Its slice of the logits.</param>
/// <param name="Weight">Multiplies its loss.</param>
/// <param name="Mixing">When its turn is.</param>
internal sealed record AuxiliaryTraining(ImageStore Images, Head Head, double Weight, TaskMixing Mixing);
