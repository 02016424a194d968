namespace FeatureReuse;

/// <summary>Holds what a run needs besides its network and images; what the options leave open is decided.</summary>
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
        => Train(pretrained.Network.CopyFor(task, images.ClassNames, Seed), kind, task, images, pretrained.Runs, rescaling);

    /// <summary>Trains a network in place; disposes it if that fails.</summary>
    /// <exception cref="TrainingCanceledException">The token was cancelled.</exception>
    /// <exception cref="TrainingDivergedException">The loss was no longer finite.</exception>
    public TrainedClassifier Train(ImageClassifier network, TrainingKind kind, string task, ImageStore images,
        IReadOnlyList<RunRecord>? before = null, Rescaling? rescaling = null, (ImageStore, TaskMixingOptions Mixing)? auxiliary = null)
        => TrainedClassifier.Complete(network, () =>
    {
        (rescaling ??= Rescaling.None).Apply(network);
        network.MoveTo(Device);
        bool isProbe = kind == TrainingKind.LinearProbe;
        Trainable target = isProbe ? ReadoutOf(network) : WholeOf(network);
        var main = new TrainingTask(isProbe ? FeaturesOf(network, images) : images, network.HeadNamed(task));
        TrainingTask[] tasks = auxiliary is not var (others, mixing) ? [main]
            : [main, new(others, network.HeadNamed(mixing.AuxiliaryTask), mixing.AuxiliaryWeight!.Value)];
        string name = RunRecordConverter.NameOf(kind);
        (string, CheckpointIdentity)? checkpoint = Checkpoints is null ? null : (Checkpoints.PathOf(name, task),
            CheckpointIdentity.Create(name, Seed, Options, tasks.Select(each => each.Images), target.Module));
        using var loop = new TrainingLoop(target, tasks, auxiliary?.Mixing.Mixing ?? default, Options, Seed, checkpoint);
        var record = new TrainingRun(kind, task, images.Count, Options.Kept(Seed), Seed, rescaling, loop.Run())
        {
            Device = Device.ToString(), Candidates = Candidates, TaskMixing = auxiliary?.Mixing,
        };
        return new TrainedClassifier(network, main.Head, [.. before ?? [], record]);
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
