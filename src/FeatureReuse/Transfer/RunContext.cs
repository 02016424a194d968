namespace FeatureReuse;

/// <summary>Holds what a run needs beside its network and data: everything that options leave open is decided.</summary>
/// <param name="Options">How to train.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Device">The device.</param>
/// <param name="Checkpoints">The checkpoint folder while the run uses it; null if it has none.</param>
internal sealed record RunContext(TrainingOptions Options, int Seed, Device Device, CheckpointSession? Checkpoints)
{
    /// <summary>Gets the candidates that the rescaling was chosen from; null if it was given.</summary>
    public IReadOnlyList<RescalingCandidate>? Candidates { get; init; }

    /// <summary>Starts a run: finds the device, and sets libtorch's number of threads if the options have one.</summary>
    /// <exception cref="InvalidOperationException">The device is not there.</exception>
    public static RunContext Start(TrainingOptions options, int seed, CheckpointSession? checkpoints)
    {
        Device device = options.Device.Resolve();
        if (options.Threads is { } threads)
            set_num_threads(threads);
        return new(options, seed, device, checkpoints);
    }

    /// <summary>Trains a network in place; disposes it if that fails.</summary>
    /// <exception cref="TrainingCanceledException">The token was cancelled.</exception>
    /// <exception cref="TrainingDivergedException">The loss was no longer finite.</exception>
    public TrainedClassifier Train(ImageClassifier network, TrainingPlan plan) => TrainedClassifier.Complete(network, () =>
    {
        plan.Rescaling.Apply(network);
        network.MoveTo(Device);
        (Trainable target, ImageStore images) = plan.Kind == TrainingKind.LinearProbe ? Readout(network, plan.Images) : Whole(network, plan.Images);
        Head head = network.HeadNamed(plan.Task);
        var data = new TrainingData(images, head, plan.AuxiliaryFor(network));
        string kind = RunRecordConverter.NameOf(plan.Kind);
        CheckpointFile? checkpoint = Checkpoints is null ? null
            : new(Checkpoints.PathOf(kind, head.Name), CheckpointIdentity.Create(kind, Seed, Options, data.All, target.Module));
        using var loop = new TrainingLoop(target, data, Options, Seed, checkpoint);
        TrainingHistory history = loop.Run();
        return new TrainedClassifier(network, head, [.. plan.Before, new TrainingRun
        {
            Kind = plan.Kind,
            Task = head.Name,
            RowCount = images.Count,
            Options = Options.Kept(Seed),
            Seed = Seed,
            Rescaling = plan.Rescaling,
            Device = Device.ToString(),
            History = history,
            Candidates = Candidates,
            TaskMixing = plan.Mixing,
        }]);
    });

    private (Trainable Target, ImageStore Images) Whole(ImageClassifier network, ImageStore images)
    {
        TransferChecks.RequireLearningLayers(network, Options);
        return (new Trainable(network, network.call, network.TrainableLayers(), Device, network), images);
    }

    /// <summary>Returns the readout alone, and the features that it reads, computed once.</summary>
    private (Trainable Target, ImageStore Images) Readout(ImageClassifier network, ImageStore images)
    {
        network.eval();
        string layer = network.LayerNames[^2];
        float[][] rows = Inference.Rows(images, Device, batch => network.Activations(batch, layer));
        var builder = new ImageStoreBuilder(new ImageShape(1, 1, network.FeatureCount), PixelType.Float32, images.ClassNames);
        for (int row = 0; row < rows.Length; row++)
            builder.Add(rows[row], images.Labels[row]);
        TrainableLayer readout = network.TrainableLayers()[^1] with { Modules = [] };
        return (new Trainable(network.Readout, features => network.Readout.call(features.flatten(1)), [readout], Device), builder.Build());
    }
}
