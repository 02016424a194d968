namespace FeatureReuse;

/// <summary>Configures <see cref="FeatureReuseCatalog.LinearProbe"/>. Default: Adam, learning rate .01, at most 300 epochs.</summary>
public sealed record LinearProbeOptions : ClassifierOptions
{
    /// <summary>Creates the default options.</summary>
    public LinearProbeOptions() => Training = new() { Optimizer = Optimizer.Adam, LearningRate = .01, MaximumEpochs = 300 };

    /// <summary>Gets the name of the head to train; a new head unless the network has it. Default "main".</summary>
    public string TaskName { get; init; } = FeatureTransfer.MainTask;

    internal override void Validate()
    {
        base.Validate();
        Require.NotEmpty(TaskName, nameof(TaskName));
    }
}
