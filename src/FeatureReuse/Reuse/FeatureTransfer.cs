using System.Collections.Immutable;
using FeatureReuse.Data;
using FeatureReuse.Networks;
using FeatureReuse.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FeatureReuse.Reuse;

/// <summary>
/// The steps of transfer: pretrain, rescale, finetune or probe. Each returns a classifier of its own and leaves its input as it was.
/// </summary>
/// <remarks>
/// A run that was cancelled or diverged returns too, with the best weights it had; <see cref="TrainingHistory.StopReason"/> tells.
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
    public static TrainedClassifier Pretrain(ImageStore images, Network network, InputNormalization normalization, TrainingOptions options, string task = AuxiliaryTask,
        IReadOnlyDictionary<string, IReadOnlyList<string>>? untrained = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        Check(images, options);
        torch.Device device = DeviceOf(options);
        int seed = SeedOf(options);
        ImageClassifier trained = network.Build(images.Shape, normalization, HeadsOf([.. (untrained ?? ImmutableDictionary<string, IReadOnlyList<string>>.Empty), new(task, images.ClassNames)]), seed);
        return Train("pretrain", trained, trained.HeadNamed(task), images, options, Rescaling.None, seed, device, []);
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
        ImageStore main, ImageStore auxiliary, Network network, InputNormalization normalization, MultiTaskSettings multiTask, TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(network);
        Require.NotNull(multiTask).Validate();
        Check(main, options);
        Check(auxiliary, options);
        if (main.Shape != auxiliary.Shape || main.PixelType != auxiliary.PixelType)
        {
            throw new ArgumentException($"The main task's images are {main.Shape} of {main.PixelType}, the auxiliary task's {auxiliary.Shape} of {auxiliary.PixelType}; both tasks need the same.", nameof(auxiliary));
        }
        torch.Device device = DeviceOf(options);
        int seed = SeedOf(options);
        ImageClassifier trained = network.Build(main.Shape, normalization, HeadsOf([new(multiTask.MainTask, main.ClassNames), new(multiTask.AuxiliaryTask, auxiliary.ClassNames)]), seed);
        MultiTaskSettings kept = multiTask with { AuxiliaryWeight = multiTask.WeightFor(main.Count, auxiliary.Count, options.BatchSize) };
        var other = new AuxiliaryTraining(auxiliary, trained.Heads[1], kept.AuxiliaryWeight.Value, kept.Mixing);
        return Train("multi-task", trained, trained.Heads[0], main, options, Rescaling.None, seed, device, [], other).WithLastRun(run => run with { MultiTask = kept });
    }

    /// <summary>Multiplies the weights (see <see cref="Rescaling"/>); nothing is trained.</summary>
    /// <param name="classifier">The classifier to copy.</param>
    /// <param name="rescaling">By what to multiply.</param>
    /// <exception cref="ArgumentException">The profile names an unknown layer.</exception>
    public static TrainedClassifier Rescale(TrainedClassifier classifier, Rescaling rescaling)
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
    public static TrainedClassifier Finetune(TrainedClassifier pretrained, ImageStore images, RescalingChoice rescaling, TrainingOptions options, string task = MainTask)
        => Choosing(pretrained, images, rescaling, options, (rows, factor, how) =>
        {
            (ImageClassifier network, Head head, int seed, torch.Device device) = Prepare(pretrained, rows, factor, how, task);
            return Train("finetune", network, head, rows, how, factor, seed, device, pretrained.Runs);
        });

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
    public static TrainedClassifier ProbeThenFinetune(
        TrainedClassifier pretrained, ImageStore images, RescalingChoice rescaling, TrainingOptions probe, TrainingOptions options, string task = MainTask)
        => Choosing(pretrained, images, rescaling, options, (rows, factor, how) =>
        {
            using TrainedClassifier start = Rescale(pretrained, factor);
            TrainedClassifier probed = Probe(start, rows, probe with { Threads = how.Threads ?? probe.Threads }, task);
            if (probed.Runs[^1].History!.StopReason is StopReason.Canceled or StopReason.Diverged)
            {
                return probed;
            }
            using (probed)
            {
                return Finetune(probed, rows, Rescaling.None, how, task);
            }
        });

    /// <summary>Finetunes with the one rescaling there is, or with the one that wins.</summary>
    private static TrainedClassifier Choosing(
        TrainedClassifier pretrained, ImageStore images, RescalingChoice choice, TrainingOptions options, Func<ImageStore, Rescaling, TrainingOptions, TrainedClassifier> finetune)
    {
        ArgumentNullException.ThrowIfNull(pretrained);
        Require.NotNull(choice).Validate();
        Check(images, options);
        if (choice.Candidates.Count == 1)
        {
            return finetune(images, choice.Candidates[0], options);
        }
        foreach (Rescaling candidate in choice.Candidates)
        {
            candidate.RequireLayers(pretrained.Network);
        }
        int seed = SeedOf(options);
        IReadOnlyList<Candidate>? table = new RescalingSearch(choice, finetune, options, DeviceOf(options)).Run(images, seed);
        // Of a run that was cancelled nothing is chosen, and the cancelled token ends this one at its first step.
        Rescaling chosen = table?.Single(candidate => candidate.IsChosen).Rescaling ?? choice.NearestToOne;
        return finetune(images, chosen, options with { Seed = seed }).WithLastRun(run => run with { Candidates = table });
    }

    /// <summary>LP: trains only the readout, on the features of the pretrained network with its running statistics.</summary>
    /// <param name="pretrained">The classifier to start from; left as it was.</param>
    /// <param name="images">The main task's labelled images, of the shape that the network takes.</param>
    /// <param name="options">How to train; its seed also draws the new head's weights.</param>
    /// <param name="task">The name of the head; if the network has it, its classes must be those of the images.</param>
    /// <exception cref="ArgumentException">An option is out of range, or the images do not fit.</exception>
    public static TrainedClassifier Probe(TrainedClassifier pretrained, ImageStore images, TrainingOptions options, string task = MainTask)
    {
        (ImageClassifier network, Head head, int seed, torch.Device device) = Prepare(pretrained, images, Rescaling.None, options, task);
        network.MoveTo(device);
        ImageStore features = FeaturesOf(network, images);
        Linear readout = network.Readout;
        var target = new Trainable(readout, x => readout.call(x.flatten(1)), [new(network.LayerNames[^1], [.. readout.parameters()], [])], device);
        return Finish("linear probe", network, head, features, target, options, Rescaling.None, seed, pretrained.Runs);
    }

    private static (ImageClassifier Network, Head Head, int Seed, torch.Device Device) Prepare(
        TrainedClassifier pretrained, ImageStore images, Rescaling rescaling, TrainingOptions options, string task)
    {
        ArgumentNullException.ThrowIfNull(pretrained);
        ArgumentNullException.ThrowIfNull(rescaling);
        Check(images, options);
        rescaling.RequireLayers(pretrained.Network);
        if (images.Shape != pretrained.Network.Input)
        {
            throw new ArgumentException($"The images are {images.Shape}; the pretrained network takes {pretrained.Network.Input}.", nameof(images));
        }
        torch.Device device = DeviceOf(options);
        int seed = SeedOf(options);
        Head? existing = pretrained.Network.Heads.FirstOrDefault(head => head.Name == task);
        if (existing is not null && !existing.ClassNames.SequenceEqual(images.ClassNames))
        {
            throw new ArgumentException($"The pretrained network has a head '{task}' for other classes ({Sample(existing.ClassNames)}; the images have {Sample(images.ClassNames)}). "
                + "Give the task another name.", nameof(task));
        }
        ImageClassifier network = existing is null ? pretrained.Network.CopyWithHead(task, images.ClassNames, seed) : pretrained.Network.Copy();
        rescaling.Apply(network);
        return (network, network.HeadNamed(task), seed, device);
    }

    private static TrainedClassifier Train(string kind, ImageClassifier network, Head head, ImageStore images, TrainingOptions options,
        Rescaling rescaling, int seed, torch.Device device, IReadOnlyList<RunRecord> before, AuxiliaryTraining? auxiliary = null)
    {
        RequireLayers(network, options);
        network.MoveTo(device);
        var target = new Trainable(network, network.call, network.TrainableLayers(), device);
        return Finish(kind, network, head, images, target, options, rescaling, seed, before, auxiliary);
    }

    private static void RequireLayers(ImageClassifier network, TrainingOptions options)
    {
        string[] known = [.. network.Layers.Where(layer => layer.ParameterPrefixes.Count > 0).Select(layer => layer.Name)];
        string? unknown = options.LayerLearningRates.Keys.FirstOrDefault(name => !known.Contains(name));
        string? wrong = unknown is not null
            ? $"{nameof(TrainingOptions.LayerLearningRates)} names the layer '{unknown}'; the layers of {network.Network.Name} with parameters are {string.Join(", ", known)}."
            : known.All(name => options.LayerLearningRates.TryGetValue(name, out double factor) && factor == 0)
                ? $"{nameof(TrainingOptions.LayerLearningRates)} freezes every layer of {network.Network.Name}; at least one must learn."
                : null;
        if (wrong is not null)
        {
            network.Dispose();
            throw new ArgumentException(wrong, nameof(options));
        }
    }

    private static TrainedClassifier Finish(string kind, ImageClassifier network, Head head, ImageStore data, Trainable target, TrainingOptions options,
        Rescaling rescaling, int seed, IReadOnlyList<RunRecord> before, AuxiliaryTraining? auxiliary = null)
    {
        try
        {
            TrainingHistory history = new TrainingLoop(target, options, seed).Run(data, head, auxiliary);
            // Neither the listener nor the token is an option of the run; what they refer to must not live as long as the model.
            TrainingOptions kept = options with { Seed = seed, Progress = null, CancellationToken = default };
            var record = new RunRecord(kind, head.Name, data.Count, kept, rescaling, seed, target.Device.ToString(), get_num_threads(), LibraryVersion.Current, history);
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
        using IDisposable frozen = no_grad();
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
                {
                    builder.Add(values.AsSpan(i * network.FeatureCount, network.FeatureCount), images.Labels[row++]);
                }
            }
        }
        return builder.Build();
    }

    /// <summary>Heads one after another.</summary>
    private static Head[] HeadsOf(IReadOnlyList<KeyValuePair<string, IReadOnlyList<string>>> tasks)
    {
        string? twice = tasks.GroupBy(task => task.Key).FirstOrDefault(group => group.Count() > 1)?.Key;
        if (twice is not null)
        {
            throw new ArgumentException($"Two tasks are named '{twice}'; tasks have different names.", nameof(tasks));
        }
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
        {
            set_num_threads(threads);
        }
        return device;
    }

    private static int SeedOf(TrainingOptions options) => options.Seed ?? Random.Shared.Next();

    private static void Check(ImageStore images, TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        if (images.Count == 0)
        {
            throw new ArgumentException("There are no labelled images to train on.", nameof(images));
        }
        int[] counts = images.CountByClass();
        int[] present = [.. Enumerable.Range(0, counts.Length).Where(c => counts[c] > 0)];
        if (present.Length < 2)
        {
            throw new ArgumentException($"All {images.Count} labelled images are of one class, '{images.ClassNames[present[0]]}'; training needs at least two.", nameof(images));
        }
        if (images.Count < counts.Length)
        {
            throw new ArgumentException($"There are {images.Count} labelled images for {counts.Length} classes; training needs at least as many images as classes.", nameof(images));
        }
    }

    private static string Sample(IReadOnlyList<string> names) => names.Count <= 3 ? string.Join(", ", names) : $"{string.Join(", ", names.Take(3))}, ... {names.Count} in all";
}
