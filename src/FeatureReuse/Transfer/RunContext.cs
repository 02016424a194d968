namespace FeatureReuse;

/// <summary>Holds what a run needs besides its network and images; what the options leave open is decided.</summary>
/// <param name="Options">How to train.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Device">The device.</param>
/// <param name="Checkpoints">The checkpoint folder; null if there is none.</param>
internal sealed record RunContext(TrainingOptions Options, int Seed, Device Device, CheckpointSession? Checkpoints)
{
    /// <summary>Gets the candidates that the rescaling was chosen from; null if it was given.</summary>
    public IReadOnlyList<RescalingCandidate>? Candidates { get; init; }

    /// <summary>Finds the device, and sets libtorch's number of threads if the options have one.</summary>
    /// <exception cref="InvalidOperationException">The device is not there.</exception>
    public static RunContext Start(TrainingOptions options, int seed, CheckpointSession? checkpoints)
    {
        Device device = options.Device.Resolve();
        if (options.Threads is { } threads)
            set_num_threads(threads);
        return new(options, seed, device, checkpoints);
    }

    /// <summary>Trains a copy of a network that has a head for the task.</summary>
    public TrainedClassifier TrainCopy(TrainedClassifier pretrained, TrainingPlan plan)
        => Train(pretrained.Network.CopyFor(plan.Task, plan.Images.ClassNames, Seed), plan with { Before = pretrained.Runs });

    /// <summary>Trains a network in place; disposes it if that fails.</summary>
    /// <exception cref="TrainingCanceledException">The token was cancelled.</exception>
    /// <exception cref="TrainingDivergedException">The loss was no longer finite.</exception>
    public TrainedClassifier Train(ImageClassifier network, TrainingPlan plan) => TrainedClassifier.Complete(network, () =>
    {
        plan.Rescaling.Apply(network);
        network.MoveTo(Device);
        bool isProbe = plan.Kind == TrainingKind.LinearProbe;
        Trainable target = isProbe ? ReadoutOf(network) : WholeOf(network);
        TrainingData data = plan.DataFor(network, isProbe ? FeaturesOf(network, plan.Images) : plan.Images);
        string kind = RunRecordConverter.NameOf(plan.Kind);
        CheckpointFile? checkpoint = Checkpoints is null ? null
            : new(Checkpoints.PathOf(kind, plan.Task), CheckpointIdentity.Create(kind, Seed, Options, data.All, target.Module));
        using var loop = new TrainingLoop(target, data, Options, Seed, checkpoint);
        TrainingHistory history = loop.Run();
        var record = new TrainingRun(plan.Kind, plan.Task, plan.Images.Count, Options.Kept(Seed), Seed, plan.Rescaling, history)
        {
            Device = Device.ToString(), Candidates = Candidates, TaskMixing = plan.Auxiliary?.Mixing,
        };
        return new TrainedClassifier(network, data.Head, [.. plan.Before, record]);
    });

    private Trainable WholeOf(ImageClassifier network)
    {
        TransferChecks.RequireLearningLayers(network, Options);
        return new(network, network.call, network.TrainableLayers(), Device, network);
    }

    private Trainable ReadoutOf(ImageClassifier network)
        => new(network.Readout, x => network.Readout.call(x.flatten(1)), [network.TrainableLayers()[^1] with { Modules = [] }], Device);

    /// <summary>Computes what the readout reads, as images of one row.</summary>
    private ImageStore FeaturesOf(ImageClassifier network, ImageStore images)
    {
        network.eval();
        string layer = network.LayerNames[^2];
        float[][] rows = Inference.Rows(images, Device, batch => network.Activations(batch, layer));
        return ImageStore.Create(new ImageShape(1, 1, network.FeatureCount), images.ClassNames, rows.Zip(images.Labels.ToArray()));
    }
}
