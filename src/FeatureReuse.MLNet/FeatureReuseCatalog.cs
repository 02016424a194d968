namespace FeatureReuse;

#pragma warning disable CA1822 // Members are instance members, whether they need the context or not.

/// <summary>Provides the members of <c>ml.FeatureReuse</c>. Steps do not change or dispose the networks that they start from.</summary>
public sealed class FeatureReuseCatalog
{
    private readonly MLContext _context;

    internal FeatureReuseCatalog(MLContext context)
    {
        _context = Require.NotNull(context);
        WarningLog.Connect(context.Regression.Trainers);
    }

    /// <summary>Reads CIFAR-100 in its binary layout, from the file on demand.</summary>
    /// <param name="folder">The folder with train.bin, test.bin, fine_ and coarse_label_names.txt, or the one above it.</param>
    /// <param name="split">Which images.</param>
    /// <returns>Image: Vector&lt;Byte, 3, 32, 32&gt;; FineLabel: key of 100 classes; CoarseLabel: key of 20; both with names.</returns>
    /// <exception cref="FileNotFoundException">A file is missing; the message names it.</exception>
    /// <exception cref="InvalidDataException">A file is truncated or of another format; the message says where.</exception>
    /// <example><code>
    /// IDataView images = ml.FeatureReuse.LoadCifar100("datasets/cifar-100-binary");
    /// ClassSplit tasks = ml.FeatureReuse.SplitByClass(images, ["apple", "bear"], "FineLabel");
    /// </code></example>
    public IDataView LoadCifar100(string folder, CifarSplit split = CifarSplit.Train)
        => new LabelledImagesDataView(CifarFiles.Find100(folder, split));

    /// <summary>Reads CIFAR-10 in its binary layout, from the files on demand.</summary>
    /// <param name="folder">The folder with data_batch_1.bin to 5, test_batch.bin and batches.meta.txt, or the one above it.</param>
    /// <param name="split">Which images.</param>
    /// <returns>Image: Vector&lt;Byte, 3, 32, 32&gt;; Label: key of 10 classes with names.</returns>
    /// <exception cref="FileNotFoundException">A file is missing; the message names it.</exception>
    /// <exception cref="InvalidDataException">A file is truncated or of another format; the message says where.</exception>
    /// <example><code>
    /// IDataView images = ml.FeatureReuse.LoadCifar10("datasets/cifar-10-batches-bin", CifarSplit.Test);
    /// </code></example>
    public IDataView LoadCifar10(string folder, CifarSplit split = CifarSplit.Train)
        => new LabelledImagesDataView(CifarFiles.Find10(folder, split));

    /// <summary>Generates labelled images of figures, each on demand; see datasets/README.md.</summary>
    /// <returns>Image: Vector&lt;Byte, 3, 32, 32&gt;; Label: key with names.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range; the message names it.</exception>
    /// <example><code>
    /// IDataView images = ml.FeatureReuse.GenerateImages(new() { Features = VisualFeatures.Shape, Count = 1_000, Seed = 1 });
    /// </code></example>
    public IDataView GenerateImages(GeneratedImagesOptions? options = null)
        => new LabelledImagesDataView(new GeneratedImages(options ?? new()));

    /// <summary>
    /// Divides the classes of a data set at random into a main task and an auxiliary task, as the paper does with CIFAR-100. The same
    /// seed divides training and test data alike.
    /// </summary>
    /// <param name="data">Rows with a label.</param>
    /// <param name="mainClasses">The number of classes of the main task; at least 1, and fewer than all.</param>
    /// <param name="seed">The seed that selects the classes.</param>
    /// <param name="labelColumnName">The label: a key with values.</param>
    /// <param name="outputColumnName">The column to add: the label as a key of the task's own classes, in their old order.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="mainClasses"/> is out of its range.</exception>
    /// <exception cref="InvalidDataException">The label column is missing, or is not a key with values.</exception>
    /// <example><code>
    /// (IDataView toys, IDataView others) = ml.FeatureReuse.SplitByClass(rows, mainClasses: 2, seed: 1);
    /// </code></example>
    public ClassSplit SplitByClass(
        IDataView data, int mainClasses, int seed, string labelColumnName = "Label", string outputColumnName = "Label")
        => ClassSplit.Draw(data, labelColumnName, mainClasses, seed, outputColumnName);

    /// <summary>Divides the classes of a data set into a main task, whose classes are given as text, and an auxiliary task.</summary>
    /// <exception cref="ArgumentException">A class is unknown, or one of the tasks would have no class.</exception>
    /// <exception cref="InvalidDataException">The label column is missing, or is not a key with values.</exception>
    public ClassSplit SplitByClass(
        IDataView data, IEnumerable<string> mainClasses, string labelColumnName = "Label", string outputColumnName = "Label")
        => ClassSplit.Named(data, labelColumnName, mainClasses, outputColumnName);

    /// <summary>Trains a new network: on an auxiliary task before finetuning, or on the main task alone.</summary>
    /// <example><code>
    /// using NetworkTransformer pretrained = ml.FeatureReuse.Pretrain(new()
    /// {
    ///     Architecture = NetworkArchitecture.ResNet18,
    ///     Training = new() { LearningRate = .05, MaximumEpochs = 20, Checkpoint = new() { Folder = "checkpoints" } },
    /// }).Fit(auxiliary);
    /// </code></example>
    public ClassifierEstimator Pretrain(PretrainOptions? options = null)
        => new(_context, nameof(Pretrain), options ??= new(), options.ImageShape, options.Train);

    /// <summary>
    /// Trains a new network on the main task, whose rows Fit takes, and an auxiliary task together (multi-task learning). Source: Lippl and
    /// Lindsey, arXiv 2310.02396.
    /// </summary>
    /// <example><code>
    /// MultiTaskOptions options = new() { Auxiliary = auxiliary, Architecture = NetworkArchitecture.SmallCnn };
    /// using NetworkTransformer both = ml.FeatureReuse.TrainMultiTask(options).Fit(main);
    /// </code></example>
    public ClassifierEstimator TrainMultiTask(MultiTaskOptions options)
        => new(_context, nameof(TrainMultiTask), Require.NotNull(options), options.ImageShape, options.Train);

    /// <summary>Multiplies the weights of a network, without training. <see cref="Finetune"/> does it too, by an option.</summary>
    /// <example><code>
    /// using NetworkTransformer small = ml.FeatureReuse.RescaleWeights(pretrained, 0.125f).Fit(rows);
    /// </code></example>
    public NetworkCopyEstimator RescaleWeights(NetworkTransformer pretrained, Rescaling rescaling)
    {
        Require.NotNull(rescaling).RequireLayers(Require.NotNull(pretrained).Network);
        return new(pretrained, _ => FeatureTransfer.RescaleWeights(pretrained.Classifier, rescaling));
    }

    /// <summary>
    /// Copies a pretrained network, rescales its weights, adds a head for the task and trains all parameters. Source: Lippl and Lindsey,
    /// arXiv 2310.02396.
    /// </summary>
    /// <example><code>
    /// var pipeline = ml.FeatureReuse.Finetune(pretrained, new() { Rescaling = RescalingChoice.PaperFactors })
    ///     .Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
    /// using var model = pipeline.Fit(main);
    /// </code></example>
    public ClassifierEstimator Finetune(NetworkTransformer pretrained, FinetuneOptions? options = null)
        => (options ?? new()).CreateEstimator(_context, pretrained);

    /// <summary>
    /// Imports weights that PyTorch trained: a safetensors file with torchvision's names, or timm's for
    /// <see cref="NetworkArchitecture.ViT"/>. Pickles are refused; the error says how to convert one.
    /// </summary>
    /// <exception cref="InvalidDataException">The file is damaged, a pickle, or does not fit the network.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <example><code>
    /// using NetworkTransformer imagenet = ml.FeatureReuse.ImportWeights(
    ///     "resnet18.safetensors", new() { Architecture = NetworkArchitecture.ResNet18, ImageShape = new(3, 224, 224) });
    /// using NetworkTransformer model = ml.FeatureReuse.Finetune(imagenet).Fit(rows);
    /// </code></example>
    public NetworkTransformer ImportWeights(string path, ImportWeightsOptions options) => Require.NotNull(options).Import(_context, path);

    /// <summary>Adds a custom architecture, so that <c>ml.Model.Load</c> of this MLContext can load models of it.</summary>
    /// <exception cref="ArgumentException">The context has another architecture of this name.</exception>
    /// <example><code>
    /// ml.FeatureReuse.AddArchitecture(network);
    /// ITransformer model = ml.Model.Load("photos.zip", out _);
    /// </code></example>
    public void AddArchitecture(NetworkArchitecture architecture) => ModelLoader.Add(_context, architecture);

    /// <summary>
    /// Continues the training of a network: on more images of its classes, or of new ones, for which its head grows. The classes are those
    /// of the label, whose values are of the type that the network was trained with, followed by those that only the network knew.
    /// </summary>
    /// <example><code>
    /// using NetworkTransformer yesterday = NetworkTransformer.Load("model.safetensors");
    /// using NetworkTransformer today = ml.FeatureReuse.ContinueTraining(yesterday).Fit(newRows);
    /// </code></example>
    public ClassifierEstimator ContinueTraining(NetworkTransformer trained, ContinueTrainingOptions? options = null)
        => new(_context, nameof(ContinueTraining), options ?? new(), Require.NotNull(trained).Network.Input,
            (images, training) => FeatureTransfer.ContinueTraining(trained.Classifier, images, training))
        {
            ClassesOf = labels => labels.Union(trained.Classes),
        };

    /// <summary>
    /// Calibrates the probabilities of a network on images that it was not trained on, by temperature scaling (Guo et al. 2017, arXiv
    /// 1706.04599). Predictions do not change; the last run of the copy is a <see cref="CalibrationRun"/>.
    /// </summary>
    /// <example><code>
    /// using NetworkTransformer calibrated = ml.FeatureReuse.Calibrate(model).Fit(heldOut);
    /// </code></example>
    public NetworkCopyEstimator Calibrate(NetworkTransformer model, CalibrateOptions? options = null)
    {
        options ??= new();
        Require.NotEmpty(options.LabelColumnName, nameof(options.LabelColumnName));
        return new(model, rows => FeatureTransfer.Calibrate(model.Classifier,
            new ImageReader(rows, model.Columns.Image, model.Network.Input, options.LabelColumnName).Read(options.CancellationToken),
            options.CancellationToken));
    }

    /// <summary>
    /// Computes what ML.NET's Evaluate does not: precision, recall and F1 of each class, and how well the probabilities are calibrated.
    /// It takes scored rows of any multiclass model whose scores are probabilities.
    /// </summary>
    /// <param name="scored">Rows with scores and labels, as Transform returns them.</param>
    /// <param name="labelColumnName">The label: a key.</param>
    /// <param name="scoreColumnName">The probabilities: Vector&lt;Single&gt; of a known size.</param>
    /// <param name="bins">The number of bins of confidence for the calibration error; 1 to 1000.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bins"/> is out of its range.</exception>
    /// <exception cref="InvalidDataException">A column is missing or of another type, a label is missing, or there is no row.</exception>
    /// <example><code>
    /// ClassificationMetrics metrics = ml.FeatureReuse.EvaluateClasses(model.Transform(test));
    /// Console.WriteLine($"worst class: {metrics.Classes.MinBy(one =&gt; one.F1)!.Name}, log loss {metrics.LogLoss:F3}");
    /// </code></example>
    public ClassificationMetrics EvaluateClasses(
        IDataView scored, string labelColumnName = "Label", string scoreColumnName = "Score", int bins = ClassificationMetrics.DefaultBins)
    {
        ClassificationMetrics.RequireBins(bins);
        return ScoredClasses.Evaluate(Require.NotNull(scored), labelColumnName, scoreColumnName, bins);
    }

    /// <summary>
    /// Trains only the readout of a pretrained network, whose features do not change (linear probe). For a probe by one of ML.NET's own
    /// trainers see <see cref="ExtractFeatures"/>.
    /// </summary>
    /// <example><code>
    /// using NetworkTransformer probe = ml.FeatureReuse.LinearProbe(pretrained).Fit(main);
    /// double accuracy = ml.MulticlassClassification.Evaluate(probe.Transform(test)).MicroAccuracy;
    /// </code></example>
    public ClassifierEstimator LinearProbe(NetworkTransformer pretrained, LinearProbeOptions? options = null)
        => new(_context, nameof(LinearProbe), options ??= new(), Require.NotNull(pretrained).Network.Input,
            (images, training) => FeatureTransfer.LinearProbe(pretrained.Classifier, images, training, options.TaskName));

    /// <summary>
    /// Adds a layer's activations as a column, Vector&lt;Single&gt;, so that any of ML.NET's own trainers can be the probe. By default the
    /// layer is the last before the logits. Do not dispose the network while the result is in use.
    /// </summary>
    /// <example><code>
    /// var probe = ml.FeatureReuse.ExtractFeatures(pretrained)
    ///     .Append(ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy()).Fit(main);
    /// </code></example>
    public ExtractFeaturesEstimator ExtractFeatures(
        NetworkTransformer pretrained, string outputColumnName = "Features", string inputColumnName = "Image", string? layerName = null)
        => new(pretrained, outputColumnName, inputColumnName, layerName);

    /// <summary>Learns features from many binary tasks on the same inputs, for a linear trainer after it in the chain.</summary>
    /// <example><code>
    /// var pipeline = ml.FeatureReuse.LearnFeatures(new() { LabelsColumnName = "Labels", Training = new() { Neurons = 128 } })
    ///     .Append(ml.Regression.Trainers.Sdca(featureColumnName: "LearnedFeatures"));
    /// </code></example>
    public LearnFeaturesEstimator LearnFeatures(LearnFeaturesOptions? options = null) => new(_context, options ?? new());

    /// <summary>
    /// Compares the layers of a network before and after finetuning, on at least two images: effective numbers of dimensions, how many of
    /// them are shared, and weight norms. A label is not needed.
    /// </summary>
    /// <exception cref="ArgumentException">The architectures differ, or there are too few images.</exception>
    /// <exception cref="InvalidDataException">The image column is missing or of another size or type.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <example><code>
    /// foreach (LayerSignature layer in ml.FeatureReuse.CompareLayers(pretrained, model, test))
    ///     Console.WriteLine($"{layer.LayerName}: {layer.ReuseKind}");
    /// </code></example>
    public IReadOnlyList<LayerSignature> CompareLayers(
        NetworkTransformer pretrained, NetworkTransformer finetuned, IDataView images, SignatureOptions? options = null)
    {
        options ??= new();
        options.Validate();
        var reader = new ImageReader(Require.NotNull(images), Require.NotNull(finetuned).Columns.Image, finetuned.Network.Input);
        return FeatureTransfer.CompareLayers(
            Require.NotNull(pretrained).Classifier, finetuned.Classifier, reader.Read(options.CancellationToken), options);
    }

    /// <summary>
    /// Writes a report on a network as one HTML file that is self-contained: accuracies, choice of the rescaling, signatures of layers,
    /// learning curves, confusion matrix with the worst mistakes, options, versions and seeds.
    /// </summary>
    /// <param name="path">An HTML file, created or replaced.</param>
    /// <param name="model">The network.</param>
    /// <param name="test">Rows with images of the shape that the network takes, and labels.</param>
    /// <param name="options">Further content of the report.</param>
    /// <exception cref="IOException">The file cannot be written; thrown before anything is scored.</exception>
    /// <exception cref="InvalidDataException">A column is missing, or of another type or size.</exception>
    /// <exception cref="ArgumentException">
    /// A label has a class that the network does not have, there is no row, or an option is out of its range.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <example><code>
    /// ml.FeatureReuse.SaveReport("report.html", model, test, new() { Pretrained = pretrained });
    /// </code></example>
    public void SaveReport(string path, NetworkTransformer model, IDataView test, ReportOptions? options = null)
    {
        options ??= new();
        options.Validate();
        TransferReport.RequireWritable(path);
        SignatureOptions signatures = options.Signatures with { CancellationToken = options.CancellationToken };
        ImageStore images = new ImageReader(test, Require.NotNull(model).Columns.Image, model.Network.Input, options.LabelColumnName)
            .Read(options.CancellationToken);
        new TransferReport
        {
            Title = options.Title,
            Command = options.Command,
            Accuracies = options.Accuracies,
            Runs = model.Runs,
            Signatures = options.Pretrained is null ? []
                : FeatureTransfer.CompareLayers(options.Pretrained.Classifier, model.Classifier, images, signatures),
            Confusion = Confusion.From(model.Classifier, images, options.WorstImages, options.CancellationToken),
        }.Save(path);
    }
}
