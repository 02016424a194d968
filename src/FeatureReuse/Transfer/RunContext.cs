namespace FeatureReuse;

/// <summary>Holds what a run needs besides its network and images, with defaults resolved.</summary>
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
    public TrainedClassifier TrainCopy(
        TrainedClassifier pretrained, TrainingKind kind, string task, ImageStore images, Rescaling? rescaling = null)
        => Train(pretrained.Network.CopyFor(task, images.ClassNames, Seed),
            new(kind, task, images) { Before = pretrained.Runs, Rescaling = rescaling ?? Rescaling.None });

    /// <summary>Trains a network in place; disposes it if that fails.</summary>
    /// <exception cref="TrainingCanceledException">The token was cancelled.</exception>
    /// <exception cref="TrainingDivergedException">The loss was no longer finite.</exception>
    public TrainedClassifier Train(ImageClassifier network, TrainingPlan plan) => Owned.Complete(network, () =>
    {
        plan.Rescaling.Apply(network);
        network.MoveTo(Device);
        bool isProbe = plan.Kind == TrainingKind.LinearProbe;
        TransferChecks.RequireLearningLayers(network, Options, isProbe);
        Trainable target = isProbe ? ReadoutOf(network) : WholeOf(network);
        var main = new TrainingTask(isProbe ? FeaturesOf(network, plan.Images) : plan.Images, network.HeadNamed(plan.Task));
        TrainingTask[] tasks = plan.Auxiliary is not var (images, mixing) ? [main]
            : [main, new(images, network.HeadNamed(mixing.AuxiliaryTask), mixing.AuxiliaryWeight!.Value) { Mixing = mixing.Order }];
        string name = RunRecordConverter.NameOf(plan.Kind);
        (string, CheckpointIdentity)? checkpoint = Checkpoints is null ? null : (Checkpoints.PathOf(name, plan.Task),
            CheckpointIdentity.Create(name, Seed, Options, tasks.Select(task => task.Images), target.Module));
        using var loop = new TrainingLoop(target, tasks, Options, Seed, checkpoint);
        var record = new TrainingRun(plan.Kind, plan.Task, plan.Images.Count, Options.Kept(Seed), Seed, plan.Rescaling, loop.Run())
        {
            Device = Device.ToString(), Candidates = Candidates, TaskMixing = plan.Auxiliary?.Mixing,
        };
        return new TrainedClassifier(network, main.Head, [.. plan.Before, record]);
    });

    private Trainable WholeOf(ImageClassifier network) => new(network, network.call, network.TrainableLayers(), Device, network);

    private Trainable ReadoutOf(ImageClassifier network)
        => new(network.Readout, x => network.Readout.call(x.flatten(1)), [network.TrainableLayers()[^1] with { Modules = [] }], Device);

    /// <summary>Computes what the readout reads, as images of one row.</summary>
    private ImageStore FeaturesOf(ImageClassifier network, ImageStore images)
    {
        network.eval();
        string layer = network.LayerNames[^2];
        float[][] rows;
        try
        {
            rows = Inference.Rows(images, Device, batch => network.Activations(batch, layer), Options.CancellationToken);
        }
        catch (OperationCanceledException) when (Options.CancellationToken.IsCancellationRequested)
        {
            throw new TrainingCanceledException(
                TrainingHistory.None(StopReason.Canceled), Options.Checkpoint?.Folder, Options.CancellationToken);
        }
        // Rescaled weights can overflow.
        if (!rows.All(row => row.All(float.IsFinite)))
            throw new TrainingDivergedException(TrainingHistory.None(StopReason.Diverged), Options.LearningRate);
        return ImageStore.Create(new ImageShape(1, 1, network.FeatureCount), images.ClassNames, rows.Zip(images.Labels.ToArray()));
    }
}
