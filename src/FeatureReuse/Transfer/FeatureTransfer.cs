using System.Collections.Immutable;
using TorchSharp.Modules;

namespace FeatureReuse;

/// <summary>
/// The steps of transfer: pretrain, rescale, finetune or probe. Each returns a classifier of its own and leaves its input as it was.
/// </summary>
/// <remarks>
/// A run that is cancelled throws <see cref="TrainingCanceledException"/>, one that diverges <see cref="TrainingDivergedException"/>.
/// </remarks>
public static class FeatureTransfer
{
    /// <summary>The name of the head that <see cref="Pretrain"/> trains unless told otherwise.</summary>
    public const string AuxiliaryTask = "auxiliary";

    /// <summary>The name of the head that finetuning and probing train unless told otherwise.</summary>
    public const string MainTask = "main";

    private const int FeatureBatchSize = 256;

    /// <summary>Trains a new network: on an auxiliary task before finetuning, or on the main task alone (STL).</summary>
    /// <param name="images">The labelled images: at least two classes with rows, and as many rows as classes.</param>
    /// <param name="network">The architecture.</param>
    /// <param name="normalization">How pixels become the network's input.</param>
    /// <param name="options">How to train; its seed also draws the initial weights.</param>
    /// <param name="task">The name of the head.</param>
    /// <param name="untrained">
    /// Tasks that get heads before that of <paramref name="task"/>, drawn with it and not trained by this run: class names by task name. In the paper the main task's
    /// two logits are there from the start. Default none: finetuning draws its head when it needs it, which gives the same distribution unless weights decay.
    /// </param>
    /// <exception cref="ArgumentException">An option is out of range, or the images do not fit.</exception>
    public static TrainedClassifier Pretrain(ImageStore images, NetworkArchitecture network, InputNormalization normalization, TrainingOptions options, string task = AuxiliaryTask,
        IReadOnlyDictionary<string, IReadOnlyList<string>>? untrained = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        return InSession(images, options, (how, session) =>
        {
            torch.Device device = DeviceOf(how);
            int seed = how.Seed!.Value;
            ImageClassifier trained = network.Build(images.Shape, normalization, HeadsOf([.. (untrained ?? ImmutableDictionary<string, IReadOnlyList<string>>.Empty), new(task, images.ClassNames)]), seed);
            return Train("pretrain", trained, trained.HeadNamed(task), images, how, session, Rescaling.None, device, []);
        });
    }

    /// <summary>MTL: trains a new network on the main and the auxiliary task together; the result classifies the main task.</summary>
    /// <param name="main">The main task's labelled images.</param>
    /// <param name="auxiliary">The auxiliary task's labelled images, of the same shape and pixel type.</param>
    /// <param name="network">The architecture.</param>
    /// <param name="normalization">How pixels become the network's input.</param>
    /// <param name="multiTask">How the tasks share the training.</param>
    /// <param name="options">
    /// How to train; its seed also draws the initial weights. The loss threshold is one of the weighted sum of both tasks' losses; validation and class weights
    /// are the main task's.
    /// </param>
    /// <exception cref="ArgumentException">An option is out of range, or the images do not fit.</exception>
    public static TrainedClassifier TrainMultiTask(
        ImageStore main, ImageStore auxiliary, NetworkArchitecture network, InputNormalization normalization, TaskMixingOptions multiTask, TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(network);
        Require.NotNull(multiTask).Validate();
        TransferChecks.Require(auxiliary, options);
        if (main.Shape != auxiliary.Shape || main.PixelType != auxiliary.PixelType)
        {
            throw new ArgumentException($"The main task's images are {main.Shape} of {main.PixelType}, the auxiliary task's {auxiliary.Shape} of {auxiliary.PixelType}; both tasks need the same.", nameof(auxiliary));
        }
        return InSession(main, options, (how, session) =>
        {
            torch.Device device = DeviceOf(how);
            ImageClassifier trained = network.Build(main.Shape, normalization, HeadsOf([new(multiTask.MainTask, main.ClassNames), new(multiTask.AuxiliaryTask, auxiliary.ClassNames)]), how.Seed!.Value);
            TaskMixingOptions kept = multiTask with { AuxiliaryWeight = multiTask.WeightFor(main.Count, auxiliary.Count, how.BatchSize) };
            var other = new AuxiliaryTraining(auxiliary, trained.Heads[1], kept.AuxiliaryWeight.Value, kept.Mixing);
            return Train("multi-task", trained, trained.Heads[0], main, how, session, Rescaling.None, device, [], other).WithLastRun(run => run with { MultiTask = kept });
        });
    }

    /// <summary>Multiplies the weights (see <see cref="Rescaling"/>); nothing is trained.</summary>
    /// <param name="classifier">The classifier to copy.</param>
    /// <param name="rescaling">By what to multiply.</param>
    /// <exception cref="ArgumentException">The profile names an unknown layer.</exception>
    public static TrainedClassifier RescaleWeights(TrainedClassifier classifier, Rescaling rescaling)
    {
        ArgumentNullException.ThrowIfNull(classifier);
        ArgumentNullException.ThrowIfNull(rescaling);
        rescaling.RequireLayers(classifier.Network);
        ImageClassifier network = classifier.Network.Copy();
        rescaling.Apply(network);
        var record = new RunRecord("rescale", "", 0, null, rescaling, 0, network.Device.ToString(), get_num_threads(), LibraryVersion.Current, null);
        return new TrainedClassifier(network, network.HeadNamed(classifier.Head.Name), [.. classifier.Runs, record]);
    }

    /// <summary>
    /// Temperature scaling: divides the logits of the classifier's head by the number that makes its probabilities of held-out images as likely as can be, which changes no
    /// prediction (Guo et al. 2017, arXiv 1706.04599). The readout's weights take it up.
    /// </summary>
    /// <param name="classifier">The classifier to copy.</param>
    /// <param name="images">Labelled images that it was not trained on; some hundreds are enough.</param>
    /// <param name="cancellation">Ends it at the next batch.</param>
    /// <exception cref="ArgumentException">There is no image, or a shape or a class does not fit.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static TrainedClassifier Calibrate(TrainedClassifier classifier, ImageStore images, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(classifier);
        ArgumentNullException.ThrowIfNull(images);
        (float[][] logs, int[] labels) = Scoring.Labelled(classifier, images, cancellation);
        double temperature = TemperatureScaling.Fit(logs, labels);
        ImageClassifier network = classifier.Network.Copy();
        Head head = network.HeadNamed(classifier.Head.Name);
        using (no_grad())
        using (NewDisposeScope())
        {
            foreach (Parameter parameter in network.Readout.parameters())
                parameter.narrow(0, head.Start, head.ClassCount).TimesInPlace(1 / temperature);
        }
        var record = new RunRecord("calibrate", head.Name, images.Count, null, Rescaling.None, 0, network.Device.ToString(), get_num_threads(), LibraryVersion.Current, null, Temperature: temperature);
        return new TrainedClassifier(network, head, [.. classifier.Runs, record]);
    }

    /// <summary>
    /// PT+FT: copies the pretrained network, adds a head for the task unless it has one of this name, rescales every layer including that head,
    /// and trains all parameters.
    /// </summary>
    /// <param name="pretrained">The classifier to start from; left as it was.</param>
    /// <param name="images">The main task's labelled images, of the shape that the network takes.</param>
    /// <param name="rescaling">By what to multiply first, or candidates to choose from.</param>
    /// <param name="options">How to train; its seed also draws the new head's weights.</param>
    /// <param name="task">The name of the head; if the network has it, its classes must be those of the images.</param>
    /// <exception cref="ArgumentException">An option is out of range, or the images do not fit.</exception>
    /// <exception cref="InvalidOperationException">All candidates of the rescaling diverged.</exception>
    /// <example><code>
    /// using TrainedClassifier pretrained = FeatureTransfer.Pretrain(images, NetworkArchitecture.SmallCnn, InputNormalization.Symmetric, new() { MaximumEpochs = 5 });
    /// using TrainedClassifier finetuned = FeatureTransfer.Finetune(pretrained, images, Rescaling.All(.5f), new() { MaximumEpochs = 20 });
    /// </code></example>
    public static TrainedClassifier Finetune(TrainedClassifier pretrained, ImageStore images, RescalingChoice rescaling, TrainingOptions options, string task = MainTask)
        => Choosing(pretrained, images, rescaling, options, (rows, factor, how, session) => Finetune(pretrained, rows, factor, how, session, task));

    /// <summary>
    /// LP-FT: rescales, trains the readout alone and then all parameters, so that finetuning starts from a head that fits the features (Kumar et al. 2022,
    /// arXiv 2202.10054).
    /// </summary>
    /// <param name="pretrained">The classifier to start from; left as it was.</param>
    /// <param name="images">The main task's labelled images, of the shape that the network takes.</param>
    /// <param name="rescaling">By what to multiply first, or candidates to choose from.</param>
    /// <param name="probe">How to train the readout.</param>
    /// <param name="options">How to train all parameters; its seed draws the new head's weights.</param>
    /// <param name="task">The name of the head; if the network has it, its classes must be those of the images.</param>
    /// <exception cref="ArgumentException">An option is out of range, or the images do not fit.</exception>
    /// <exception cref="InvalidOperationException">All candidates of the rescaling diverged.</exception>
    public static TrainedClassifier LinearProbeThenFinetune(
        TrainedClassifier pretrained, ImageStore images, RescalingChoice rescaling, TrainingOptions probe, TrainingOptions options, string task = MainTask)
        => Choosing(pretrained, images, rescaling, options, (rows, factor, how, session) =>
        {
            using TrainedClassifier start = RescaleWeights(pretrained, factor);
            using TrainedClassifier probed = LinearProbe(start, rows,
                probe with { Threads = how.Threads ?? probe.Threads, Seed = probe.Seed ?? how.Seed, Checkpoint = how.Checkpoint }, session, task);
            return Finetune(probed, rows, Rescaling.None, how, session, task);
        });

    /// <summary>Finetunes with the one rescaling there is, or with the one that wins.</summary>
    private static TrainedClassifier Choosing(TrainedClassifier pretrained, ImageStore images, RescalingChoice choice, TrainingOptions options,
        Func<ImageStore, Rescaling, TrainingOptions, CheckpointSession?, TrainedClassifier> finetune)
    {
        ArgumentNullException.ThrowIfNull(pretrained);
        Require.NotNull(choice).Validate();
        return InSession(images, options, (how, session) =>
        {
            if (choice.Candidates.Count == 1)
                return finetune(images, choice.Candidates[0], how, session);
            foreach (Rescaling candidate in choice.Candidates)
                candidate.RequireLayers(pretrained.Network);
            var search = new RescalingSearch(choice, (rows, rescaling, fold) => finetune(rows, rescaling, fold, null), how, DeviceOf(how), session);
            IReadOnlyList<RescalingCandidate>? table = search.Run(pretrained, images, how.Seed!.Value);
            // Of a run that was cancelled nothing is chosen, and the cancelled token ends this one at its first step.
            Rescaling chosen = table?.Single(candidate => candidate.IsChosen).Rescaling ?? choice.NearestToOne;
            return finetune(images, chosen, how, table is null ? null : session).WithLastRun(run => run with { Candidates = table });
        });
    }

    private static TrainedClassifier Finetune(TrainedClassifier pretrained, ImageStore images, Rescaling rescaling, TrainingOptions options, CheckpointSession? session, string task)
    {
        (ImageClassifier network, Head head, torch.Device device) = Prepare(pretrained, images, rescaling, options, task);
        return Train("finetune", network, head, images, options, session, rescaling, device, pretrained.Runs);
    }

    /// <summary>
    /// Trains a finished network on, all of it, on the task of its head: on more images of the same classes, of some of them, or of new ones, for which the head grows.
    /// </summary>
    /// <param name="trained">The classifier to start from; left as it was.</param>
    /// <param name="images">
    /// Labelled images of the shape that the network takes. The result's classes are those of the images, in their order, and then those that only the network knew.
    /// </param>
    /// <param name="options">How to train; its seed also draws the weights of new classes.</param>
    /// <exception cref="ArgumentException">An option is out of range, or the images do not fit.</exception>
    public static TrainedClassifier ContinueTraining(TrainedClassifier trained, ImageStore images, TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(trained);
        return InSession(images, options, (how, session) =>
        {
            TransferChecks.RequireShape(trained, images);
            torch.Device device = DeviceOf(how);
            string[] classes = [.. images.ClassNames.Union(trained.Head.ClassNames)];
            ImageClassifier network = trained.Network.CopyWithClasses(trained.Head.Name, classes, how.Seed!.Value);
            return Train("continue", network, network.HeadNamed(trained.Head.Name), images.WithClasses(classes), how, session, Rescaling.None, device, trained.Runs);
        });
    }

    /// <summary>LP: trains only the readout, on the features of the pretrained network with its running statistics.</summary>
    /// <param name="pretrained">The classifier to start from; left as it was.</param>
    /// <param name="images">The main task's labelled images, of the shape that the network takes.</param>
    /// <param name="options">How to train; its seed also draws the new head's weights.</param>
    /// <param name="task">The name of the head; if the network has it, its classes must be those of the images.</param>
    /// <exception cref="ArgumentException">An option is out of range, or the images do not fit.</exception>
    public static TrainedClassifier LinearProbe(TrainedClassifier pretrained, ImageStore images, TrainingOptions options, string task = MainTask)
        => InSession(images, options, (how, session) => LinearProbe(pretrained, images, how, session, task));

    private static TrainedClassifier LinearProbe(TrainedClassifier pretrained, ImageStore images, TrainingOptions options, CheckpointSession? session, string task)
    {
        string? whole = options.Augmentation is not null ? nameof(options.Augmentation) : options.Precision != Precision.Float32 ? nameof(options.Precision) : null;
        if (whole is not null)
        {
            throw new ArgumentException($"{whole} is given for a linear probe, which computes its features once and trains nothing but the readout on them. Leave it out.", nameof(options));
        }
        (ImageClassifier network, Head head, torch.Device device) = Prepare(pretrained, images, Rescaling.None, options, task);
        network.MoveTo(device);
        ImageStore features = FeaturesOf(network, images);
        Linear readout = network.Readout;
        var target = new Trainable(readout, x => readout.call(x.flatten(1)), [new(network.LayerNames[^1], [.. readout.parameters()], [])], device);
        return Finish("linear probe", network, head, features, target, options, session, Rescaling.None, pretrained.Runs);
    }

    /// <summary>Checks the images, holds the checkpoint folder if there is one, decides the seed, and deletes the checkpoints of a run that has ended.</summary>
    private static TrainedClassifier InSession(ImageStore images, TrainingOptions options, Func<TrainingOptions, CheckpointSession?, TrainedClassifier> train)
    {
        TransferChecks.Require(images, options);
        using CheckpointSession? session = CheckpointSession.Open(options.Checkpoint?.Folder);
        TrainedClassifier trained = train(options with { Seed = options.Seed ?? session?.Seed() ?? Random.Shared.Next() }, session);
        session?.Clear();
        return trained;
    }

    private static (ImageClassifier Network, Head Head, torch.Device Device) Prepare(
        TrainedClassifier pretrained, ImageStore images, Rescaling rescaling, TrainingOptions options, string task)
    {
        ArgumentNullException.ThrowIfNull(pretrained);
        ArgumentNullException.ThrowIfNull(rescaling);
        TransferChecks.Require(images, options);
        rescaling.RequireLayers(pretrained.Network);
        TransferChecks.RequireShape(pretrained, images);
        torch.Device device = DeviceOf(options);
        Head? existing = pretrained.Network.Heads.FirstOrDefault(head => head.Name == task);
        if (existing is not null && !existing.ClassNames.SequenceEqual(images.ClassNames))
        {
            throw new ArgumentException($"The pretrained network has a head '{task}' for other classes ({TransferChecks.Sample(existing.ClassNames)}; the images have {TransferChecks.Sample(images.ClassNames)}). "
                + "Give the task another name.", nameof(task));
        }
        ImageClassifier network = existing is null ? pretrained.Network.CopyWithHead(task, images.ClassNames, options.Seed!.Value) : pretrained.Network.Copy();
        rescaling.Apply(network);
        return (network, network.HeadNamed(task), device);
    }

    private static TrainedClassifier Train(string kind, ImageClassifier network, Head head, ImageStore images, TrainingOptions options, CheckpointSession? session,
        Rescaling rescaling, torch.Device device, IReadOnlyList<RunRecord> before, AuxiliaryTraining? auxiliary = null)
    {
        TransferChecks.RequireLayers(network, options);
        network.MoveTo(device);
        var target = new Trainable(network, network.call, network.TrainableLayers(), device, network);
        return Finish(kind, network, head, images, target, options, session, rescaling, before, auxiliary);
    }

    private static TrainedClassifier Finish(string kind, ImageClassifier network, Head head, ImageStore data, Trainable target, TrainingOptions options, CheckpointSession? session,
        Rescaling rescaling, IReadOnlyList<RunRecord> before, AuxiliaryTraining? auxiliary = null)
    {
        try
        {
            int seed = options.Seed!.Value;
            var trainingData = new TrainingData(data, head, auxiliary);
            CheckpointFile? checkpoint = session is null ? null
                : new(session.PathOf(kind, head.Name), CheckpointIdentity.Create(kind, seed, options, trainingData.All, target.Module));
            using var loop = new TrainingLoop(target, trainingData, options, seed, checkpoint);
            TrainingHistory history = loop.Run();
            var record = new RunRecord(kind, head.Name, data.Count, options.Kept(seed), rescaling, seed, target.Device.ToString(), get_num_threads(), LibraryVersion.Current, history);
            return new TrainedClassifier(network, head, [.. before, record]);
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    private static ImageStore FeaturesOf(ImageClassifier network, ImageStore images)
    {
        network.eval();
        string layer = network.LayerNames[^2];
        var builder = new ImageStoreBuilder(new ImageShape(1, 1, network.FeatureCount), PixelType.Float32, images.ClassNames);
        using IDisposable frozen = inference_mode();
        var order = new BatchOrder([.. Enumerable.Range(0, images.Count)], FeatureBatchSize, random: null);
        using var reader = new BatchReader(images, order);
        int row = 0;
        while (reader.Next() is (var batch, var labels))
        {
            using DisposeScope scope = NewDisposeScope();
            using (batch)
            using (labels)
            {
                float[] values = network.Activations(batch.to(network.Device), layer).cpu().data<float>().ToArray();
                for (int i = 0; i < labels.shape[0]; i++)
                    builder.Add(values.AsSpan(i * network.FeatureCount, network.FeatureCount), images.Labels[row++]);
            }
        }
        return builder.Build();
    }

    /// <summary>Heads one after another.</summary>
    private static Head[] HeadsOf(IReadOnlyList<KeyValuePair<string, IReadOnlyList<string>>> tasks)
    {
        string? twice = tasks.GroupBy(task => task.Key).FirstOrDefault(group => group.Count() > 1)?.Key;
        if (twice is not null)
            throw new ArgumentException($"Two tasks are named '{twice}'; tasks have different names.", nameof(tasks));
        var heads = new Head[tasks.Count];
        int start = 0;
        for (int i = 0; i < heads.Length; i++)
        {
            heads[i] = new Head(tasks[i].Key, tasks[i].Value, start);
            start += heads[i].ClassCount;
        }
        return heads;
    }

    private static torch.Device DeviceOf(TrainingOptions options)
    {
        torch.Device device = options.Device.Resolve();
        if (options.Threads is { } threads)
            set_num_threads(threads);
        return device;
    }
}
