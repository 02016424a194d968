namespace FeatureReuse;

/// <summary>Pretrains, rescales, finetunes and probes networks. Each step returns a new classifier and does not change its input.</summary>
/// <remarks>
/// The steps that train throw <see cref="ArgumentException"/> if an option is out of range or the images do not fit, <see
/// cref="TrainingCanceledException"/> if the token of the options was cancelled, and <see cref="TrainingDivergedException"/> if the loss
/// was no longer finite. With a checkpoint folder, the same call continues a cancelled run. The seed also draws new networks and heads.
/// </remarks>
public static class FeatureTransfer
{
    /// <summary>The default name of the head that <see cref="Pretrain"/> trains.</summary>
    public const string AuxiliaryTask = "auxiliary";

    /// <summary>The default name of the head that finetuning and probing train.</summary>
    public const string MainTask = "main";

    /// <summary>Trains a new network: on an auxiliary task before finetuning, or on the main task alone.</summary>
    /// <param name="images">The labelled images: at least two classes with images, and at least as many images as classes.</param>
    /// <param name="network">The network to build.</param>
    /// <param name="options">How to train.</param>
    /// <param name="task">The name of the head.</param>
    /// <param name="untrained">
    /// The class names, by task, of further heads that are drawn before this task's and not trained, as in the paper. By default finetuning
    /// draws its head when it needs it, which gives the same distribution unless weights decay.
    /// </param>
    public static TrainedClassifier Pretrain(
        ImageStore images, NetworkDefinition network, TrainingOptions options, string task = AuxiliaryTask,
        IReadOnlyDictionary<string, IReadOnlyList<string>>? untrained = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        var others = untrained?.Select(other => (other.Key, other.Value)) ?? [];
        return Run(images, options, run => run.Train(
            network.Build(images.Shape, run.Seed, [.. others, (task, images.ClassNames)]), new(TrainingKind.Pretraining, task, images)));
    }

    /// <summary>
    /// Trains a new network on the main and the auxiliary task together (multi-task learning); the result classifies the main task. The
    /// images of both have the same shape and pixel type. The loss threshold applies to the weighted sum of both losses; validation and
    /// class weights are the main task's.
    /// </summary>
    public static TrainedClassifier TrainMultiTask(
        ImageStore main, ImageStore auxiliary, NetworkDefinition network, TaskMixingOptions mixing, TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(network);
        Require.NotNull(mixing).Validate();
        TransferChecks.RequireTrainable(auxiliary, options);
        if (Require.NotNull(main).Shape != auxiliary.Shape || main.PixelType != auxiliary.PixelType)
        {
            throw new ArgumentException($"The main task's images are {main.Shape} of {main.PixelType}, the auxiliary task's "
                + $"{auxiliary.Shape} of {auxiliary.PixelType}; both tasks need the same.", nameof(auxiliary));
        }
        TaskMixingOptions decided = mixing with { AuxiliaryWeight = mixing.WeightFor(main.Count, auxiliary.Count, options.BatchSize) };
        decided.Validate();
        return Run(main, options, run => run.Train(
            network.Build(main.Shape, run.Seed, (mixing.MainTask, main.ClassNames), (mixing.AuxiliaryTask, auxiliary.ClassNames)),
            new(TrainingKind.MultiTask, mixing.MainTask, main) { Auxiliary = (auxiliary, decided) }));
    }

    /// <summary>Multiplies the weights; nothing is trained.</summary>
    /// <exception cref="ArgumentException">The profile names an unknown layer.</exception>
    public static TrainedClassifier RescaleWeights(TrainedClassifier classifier, Rescaling rescaling)
    {
        string device = Require.NotNull(classifier).Network.Device.ToString();
        return Change(classifier, Require.NotNull(rescaling).Apply, new RescalingRun(rescaling) { Device = device });
    }

    /// <summary>
    /// Calibrates the probabilities by temperature scaling (Guo et al. 2017, arXiv 1706.04599): divides the logits by the number that makes
    /// the true classes of the images most likely. Predictions do not change; the weights of the readout absorb the number.
    /// </summary>
    /// <param name="classifier">The classifier to copy.</param>
    /// <param name="images">Labelled images that it was not trained on; some hundreds are enough.</param>
    /// <param name="cancellation">Stops before the next batch, with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">There is no image, or a shape or a class does not fit.</exception>
    public static TrainedClassifier Calibrate(TrainedClassifier classifier, ImageStore images, CancellationToken cancellation = default)
    {
        Head head = Require.NotNull(classifier).Head;
        (float[][] logs, int[] labels) = Scoring.Labelled(classifier.Network, head, Require.NotNull(images), cancellation);
        double temperature = TemperatureScaling.Fit(logs, labels);
        string device = classifier.Network.Device.ToString();
        return Change(classifier, Divide, new CalibrationRun(head.Name, images.Count, temperature) { Device = device });

        void Divide(ImageClassifier network)
        {
            using IDisposable frozen = no_grad();
            using DisposeScope scope = NewDisposeScope();
            foreach (Parameter parameter in network.Readout.parameters())
                parameter.narrow(0, head.Start, head.ClassCount).TimesInPlace(1 / temperature);
        }
    }

    /// <summary>
    /// Copies the pretrained network, adds a head for the task unless it has one of this name, rescales every layer including that head,
    /// and trains all parameters.
    /// </summary>
    /// <param name="pretrained">The classifier to start from.</param>
    /// <param name="images">The main task's labelled images, of the shape that the network takes.</param>
    /// <param name="rescaling">The factors that multiply the weights first, or the candidates to choose them from.</param>
    /// <param name="options">How to train.</param>
    /// <param name="task">The name of the head; if the network has it, its classes must be those of the images.</param>
    /// <exception cref="InvalidOperationException">All candidates of the rescaling diverged.</exception>
    /// <example><code>
    /// using TrainedClassifier pretrained = FeatureTransfer.Pretrain(images, new(NetworkArchitecture.SmallCnn), new());
    /// using TrainedClassifier finetuned = FeatureTransfer.Finetune(pretrained, images, Rescaling.All(.5f), new() { MaximumEpochs = 20 });
    /// </code></example>
    public static TrainedClassifier Finetune(
        TrainedClassifier pretrained, ImageStore images, RescalingChoice rescaling, TrainingOptions options, string task = MainTask)
    {
        TransferChecks.RequireFit(pretrained, images, task);
        return Choose(pretrained, images, rescaling, options, (run, rows, factor)
            => run.TrainCopy(pretrained, TrainingKind.Finetuning, task, rows, factor));
    }

    /// <summary>
    /// Rescales, trains the readout alone and then all parameters, like <see cref="Finetune"/>, so that finetuning starts from a head that
    /// fits the features (LP-FT; Kumar et al. 2022, arXiv 2202.10054).
    /// </summary>
    /// <exception cref="InvalidOperationException">All candidates of the rescaling diverged.</exception>
    public static TrainedClassifier LinearProbeThenFinetune(TrainedClassifier pretrained, ImageStore images, RescalingChoice rescaling,
        LinearProbeThenFinetuneOptions options, string task = MainTask)
    {
        TransferChecks.RequireFit(pretrained, images, task);
        TrainingOptions probe = Require.NotNull(options).LinearProbe;
        TransferChecks.RequireProbe(probe);
        probe.Validate();
        return Choose(pretrained, images, rescaling, options.Finetuning, (run, rows, factor) =>
        {
            using TrainedClassifier start = RescaleWeights(pretrained, factor);
            TrainingOptions decided = probe with
            {
                Device = run.Options.Device, Threads = run.Options.Threads, Checkpoint = run.Options.Checkpoint,
                Progress = run.Options.Progress, CancellationToken = run.Options.CancellationToken,
            };
            var first = RunContext.Start(decided, probe.Seed ?? run.Seed, run.Checkpoints);
            using TrainedClassifier probed = first.TrainCopy(start, TrainingKind.LinearProbe, task, rows);
            return run.TrainCopy(probed, TrainingKind.Finetuning, task, rows);
        });
    }

    /// <summary>Trains only the readout, on the features of the pretrained network with its running statistics.</summary>
    public static TrainedClassifier LinearProbe(
        TrainedClassifier pretrained, ImageStore images, TrainingOptions options, string task = MainTask)
    {
        TransferChecks.RequireFit(pretrained, images, task);
        TransferChecks.RequireProbe(options);
        return Run(images, options, run => run.TrainCopy(pretrained, TrainingKind.LinearProbe, task, images));
    }

    /// <summary>
    /// Continues the training of a network, with all parameters, on the task of its head: on more images of the same classes, of some of
    /// them, or of new ones, for which the head grows. The classes of the result are those of the images, followed by those that only the
    /// network knew.
    /// </summary>
    public static TrainedClassifier ContinueTraining(TrainedClassifier trained, ImageStore images, TrainingOptions options)
    {
        TransferChecks.RequireShape(trained, images);
        string task = trained.Head.Name;
        string[] classes = [.. images.ClassNames.Union(trained.Head.ClassNames)];
        return Run(images, options, run => run.Train(trained.Network.CopyWithHead(task, classes, run.Seed),
            new(TrainingKind.ContinuedTraining, task, images.WithClasses(classes)) { Before = trained.Runs }));
    }

    /// <summary>Compares the layers of a network before and after finetuning, from the pixels to the logits.</summary>
    /// <param name="pretrained">The classifier before finetuning.</param>
    /// <param name="finetuned">The classifier after finetuning.</param>
    /// <param name="images">At least two images of the networks' shape; the published numbers used the 1000 training images.</param>
    /// <param name="options">How to measure.</param>
    /// <exception cref="ArgumentException">The architectures differ, the images do not fit, or an option is out of its range.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static IReadOnlyList<LayerSignature> CompareLayers(
        TrainedClassifier pretrained, TrainedClassifier finetuned, ImageStore images, SignatureOptions? options = null)
    {
        IEnumerable<RunRecord> between = Require.NotNull(finetuned).Runs.Skip(Require.NotNull(pretrained).Runs.Count);
        return LayerComparison.Compare(pretrained.Network, finetuned.Network, Require.NotNull(images), options ?? new(), before =>
        {
            foreach (RunRecord run in between)
                run.Rescaling.Apply(before);
        });
    }

    /// <summary>Finetunes with the rescaling, or with the one that wins.</summary>
    private static TrainedClassifier Choose(TrainedClassifier pretrained, ImageStore images, RescalingChoice choice,
        TrainingOptions options, Func<RunContext, ImageStore, Rescaling, TrainedClassifier> finetune)
    {
        Require.NotNull(choice).Validate();
        foreach (Rescaling candidate in choice.Candidates)
            candidate.RequireLayers(pretrained.Network);
        return Run(images, options, run =>
        {
            if (choice.Candidates.Count == 1)
                return finetune(run, images, choice.Candidates[0]);
            RescalingCandidate[] table = new RescalingSearch(choice, finetune, run).Run(pretrained, images);
            return finetune(run with { Candidates = table }, images, table.Single(candidate => candidate.IsChosen).Rescaling);
        });
    }

    /// <summary>Copies a classifier and changes the copy's weights.</summary>
    private static TrainedClassifier Change(TrainedClassifier classifier, Action<ImageClassifier> change, RunRecord run)
    {
        ImageClassifier network = classifier.Network.Copy();
        return Owned.Complete(network, () =>
        {
            change(network);
            return new TrainedClassifier(network, network.HeadNamed(classifier.Head.Name), [.. classifier.Runs, run]);
        });
    }

    /// <summary>Checks the images and options, takes the checkpoint folder if there is one, and clears it unless cancelled.</summary>
    private static TrainedClassifier Run(ImageStore images, TrainingOptions options, Func<RunContext, TrainedClassifier> train)
    {
        TransferChecks.RequireTrainable(images, options);
        using CheckpointSession? checkpoints = CheckpointSession.Open(options.Checkpoint?.Folder);
        try
        {
            int seed = options.Seed ?? checkpoints?.Seed() ?? Random.Shared.Next();
            TrainedClassifier trained = train(RunContext.Start(options, seed, checkpoints));
            return Owned.Complete(trained.Network, () =>
            {
                checkpoints?.Clear();
                return trained;
            });
        }
        catch (TrainingDivergedException)
        {
            // The same call would only diverge again.
            checkpoints?.Clear();
            throw;
        }
    }
}
