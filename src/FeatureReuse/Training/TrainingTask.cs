namespace FeatureReuse;

/// <summary>A task to train: its labelled images, the head that classifies them and the factor of its loss.</summary>
internal sealed record TrainingTask(ImageStore Images, Head Head, double Weight = 1)
{
    /// <summary>Gets how an auxiliary task takes turns with the main task.</summary>
    public TaskMixing Mixing { get; init; }
}
