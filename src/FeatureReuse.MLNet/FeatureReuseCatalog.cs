namespace FeatureReuse;

#pragma warning disable CA1822 // The door's members are instance members, whether they need the context or not.

/// <summary>What <c>ml.FeatureReuse</c> offers.</summary>
public sealed class FeatureReuseCatalog
{
    private readonly MLContext _context;

    internal FeatureReuseCatalog(MLContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        _context = context;
        WarningLog.Connect(context);
    }

    /// <summary>Reads CIFAR-100 in its binary layout, from the file as it is needed.</summary>
    /// <param name="folder">The folder that holds train.bin, test.bin, fine_label_names.txt and coarse_label_names.txt, or the folder above it, where the archive was unpacked.</param>
    /// <param name="split">Which images.</param>
    /// <returns>Image: Vector&lt;Byte, 3, 32, 32&gt;; FineLabel: Key&lt;UInt32, 100&gt; and CoarseLabel: Key&lt;UInt32, 20&gt;, with names.</returns>
    /// <exception cref="FileNotFoundException">A file is not there; the message names it.</exception>
    /// <exception cref="InvalidDataException">A file is truncated or foreign; the message says where.</exception>
    /// <example><code>
    /// IDataView images = ml.FeatureReuse.LoadCifar100("datasets/cifar-100-binary");
    /// ClassSplit tasks = images.SplitByClass("FineLabel", ["apple", "bear"]);
    /// </code></example>
    public IDataView LoadCifar100(string folder, CifarSplit split = CifarSplit.Train) => CifarDataView.Create(CifarFiles.Find100(folder, split));

    /// <summary>Reads CIFAR-10 in its binary layout, from the files as they are needed.</summary>
    /// <param name="folder">The folder that holds data_batch_1.bin to data_batch_5.bin, test_batch.bin and batches.meta.txt, or the folder above it, where the archive was unpacked.</param>
    /// <param name="split">Which images.</param>
    /// <returns>Image: Vector&lt;Byte, 3, 32, 32&gt;; Label: Key&lt;UInt32, 10&gt; with names.</returns>
    /// <exception cref="FileNotFoundException">A file is not there; the message names it.</exception>
    /// <exception cref="InvalidDataException">A file is truncated or foreign; the message says where.</exception>
    /// <example><code>
    /// IDataView images = ml.FeatureReuse.LoadCifar10("datasets/cifar-10-batches-bin", CifarSplit.Test);
    /// </code></example>
    public IDataView LoadCifar10(string folder, CifarSplit split = CifarSplit.Train) => CifarDataView.Create(CifarFiles.Find10(folder, split));

    /// <summary>Draws the generated data set, image by image as it is needed; see datasets/README.md.</summary>
    /// <param name="options">How many images of which classes.</param>
    /// <returns>Image: Vector&lt;Byte, 3, 32, 32&gt;; Label: key with names.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range; the message names it.</exception>
    /// <example><code>
    /// IDataView images = ml.FeatureReuse.GenerateImages(new() { Features = VisualFeatures.Colour | VisualFeatures.Shape, Count = 1_000, Seed = 1 });
    /// </code></example>
    public IDataView GenerateImages(GeneratedImagesOptions? options = null) => GeneratedImagesDataView.Create(new GeneratedImages(options ?? new()));

    /// <summary>Trains a new network: on an auxiliary task before finetuning, or on the main task alone (STL).</summary>
    /// <param name="options">Architecture, training and column names.</param>
    /// <example><code>
    /// using NetworkTransformer pretrained = ml.FeatureReuse.Pretrain(new()
    /// {
    ///     Architecture = NetworkArchitecture.ResNet18,
    ///     Training = new() { LearningRate = .05, Schedule = LearningRateSchedule.OneCycle, MaximumEpochs = 20, Checkpoint = new() { Folder = "checkpoints" } },
    /// }).Fit(auxiliary);
    /// </code></example>
    public PretrainEstimator Pretrain(PretrainOptions? options = null) => new(_context, options ?? new());

    /// <summary>MTL: trains a new network on the main task and an auxiliary task together.</summary>
    /// <param name="options">The auxiliary task's rows, architecture, training and column names.</param>
    /// <example><code>
    /// using NetworkTransformer both = ml.FeatureReuse.TrainMultiTask(new() { Auxiliary = auxiliary, Architecture = NetworkArchitecture.SmallCnn }).Fit(main);
    /// </code></example>
    public MultiTaskEstimator TrainMultiTask(MultiTaskOptions options) => new(_context, Require.NotNull(options));

    /// <summary>Multiplies the weights of a network; nothing is trained. <see cref="Finetune"/> does it too, by its option.</summary>
    /// <param name="pretrained">The network to copy; left as it was, and not disposed.</param>
    /// <param name="rescaling">By what to multiply; a plain factor multiplies every parameter, as in the paper.</param>
    /// <example><code>
    /// using NetworkTransformer small = ml.FeatureReuse.RescaleWeights(pretrained, 0.125f).Fit(rows);
    /// </code></example>
    public RescaleWeightsEstimator RescaleWeights(NetworkTransformer pretrained, Rescaling rescaling) => new(pretrained, rescaling);

    /// <summary>PT+FT: rescales the pretrained weights and trains all of them on the main task.</summary>
    /// <param name="pretrained">The network to start from; left as it was, and not disposed.</param>
    /// <param name="options">Rescaling, training and column names.</param>
    /// <example><code>
    /// var pipeline = ml.FeatureReuse.Finetune(pretrained, new() { Rescaling = RescalingChoice.PaperFactors })
    ///     .Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
    /// using var model = pipeline.Fit(main);
    /// </code></example>
    public FinetuneEstimator Finetune(NetworkTransformer pretrained, FinetuneOptions? options = null) => new(_context, pretrained, options ?? new());

    /// <summary>
    /// Makes a network of weights that PyTorch trained: a safetensors file with torchvision's names, or timm's for <see cref="NetworkArchitecture.ViT"/>. Pickles are never read; the error says how to
    /// convert one.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Architecture, images and column names.</param>
    /// <returns>A network to score with or to finetune.</returns>
    /// <exception cref="InvalidDataException">The file is damaged, a pickle, or not one of this network; the message names the tensors.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <example><code>
    /// using NetworkTransformer imagenet = ml.FeatureReuse.ImportWeights("resnet18.safetensors", new() { Architecture = NetworkArchitecture.ResNet18, ImageShape = new(3, 224, 224) });
    /// using NetworkTransformer model = ml.FeatureReuse.Finetune(imagenet).Fit(rows);
    /// </code></example>
    public NetworkTransformer ImportWeights(string path, ImportWeightsOptions options) => Require.NotNull(options).Import(_context, path);

    /// <summary>Trains a finished network on: on more images of its classes, or of new ones, for which its head grows.</summary>
    /// <param name="trained">The network to start from, loaded perhaps; left as it was, and not disposed.</param>
    /// <param name="options">Training and column names.</param>
    /// <example><code>
    /// using NetworkTransformer yesterday = NetworkTransformer.Load("model.safetensors");
    /// using NetworkTransformer today = ml.FeatureReuse.ContinueTraining(yesterday).Fit(newRows);
    /// </code></example>
    public ContinueTrainingEstimator ContinueTraining(NetworkTransformer trained, ContinueTrainingOptions? options = null) => new(_context, trained, options ?? new());

    /// <summary>Temperature scaling: makes a network's probabilities fit how often it is right. Predictions stay as they are.</summary>
    /// <param name="model">The network; left as it was, and not disposed.</param>
    /// <param name="labelColumnName">The label column of the held-out rows: a key with values.</param>
    /// <param name="cancellation">Ends it at the next batch.</param>
    /// <example><code>
    /// using NetworkTransformer calibrated = ml.FeatureReuse.Calibrate(model).Fit(heldOut);
    /// </code></example>
    public CalibrateEstimator Calibrate(NetworkTransformer model, string labelColumnName = "Label", CancellationToken cancellation = default) => new(model, labelColumnName, cancellation);

    /// <summary>
    /// What ML.NET's Evaluate does not tell: precision, recall and F1 of each class, and how well the probabilities are calibrated. Of any multiclass model whose scores are probabilities.
    /// </summary>
    /// <param name="scored">Rows with scores and labels, as Transform gives them.</param>
    /// <param name="labelColumnName">The label: a key.</param>
    /// <param name="scoreColumnName">The probabilities: Vector&lt;Single&gt; of a known size.</param>
    /// <param name="bins">Bins of confidence for the calibration error; 1 to 1000.</param>
    /// <exception cref="InvalidDataException">A column is missing or of another type, a label is missing, or there is no row.</exception>
    /// <example><code>
    /// ClassificationMetrics metrics = ml.FeatureReuse.EvaluateClasses(model.Transform(test));
    /// Console.WriteLine($"worst class: {metrics.Classes.MinBy(one =&gt; one.F1)!.Name}, calibration error {metrics.ExpectedCalibrationError:F3}");
    /// </code></example>
    public ClassificationMetrics EvaluateClasses(IDataView scored, string labelColumnName = "Label", string scoreColumnName = "Score", int bins = ClassificationMetrics.DefaultBins)
        => ScoredClasses.Evaluate(Require.NotNull(scored), labelColumnName, scoreColumnName, bins);

    /// <summary>LP: trains only the readout, on the features of the pretrained network.</summary>
    /// <param name="pretrained">The network whose features are read; left as it was, and not disposed.</param>
    /// <param name="options">Training and column names.</param>
    /// <example><code>
    /// using NetworkTransformer probe = ml.FeatureReuse.LinearProbe(pretrained).Fit(main);
    /// double accuracy = ml.MulticlassClassification.Evaluate(probe.Transform(test)).MicroAccuracy;
    /// </code></example>
    public LinearProbeEstimator LinearProbe(NetworkTransformer pretrained, LinearProbeOptions? options = null) => new(_context, pretrained, options ?? new());

    /// <summary>A layer's activations as a Features column, so that any of ML.NET's own trainers can be the probe.</summary>
    /// <param name="pretrained">The network whose features are read; not disposed, and to be kept as long as the result is in use.</param>
    /// <param name="outputColumnName">The column to add: Vector&lt;Single&gt;.</param>
    /// <param name="inputColumnName">The images: Vector&lt;Byte&gt; or Vector&lt;Single&gt;.</param>
    /// <param name="layerName">One of the network's layers; default the last before the logits.</param>
    /// <example><code>
    /// var probe = ml.FeatureReuse.ExtractFeatures(pretrained)
    ///     .Append(ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy()).Fit(main);
    /// </code></example>
    public ExtractFeaturesEstimator ExtractFeatures(NetworkTransformer pretrained, string outputColumnName = "Features", string inputColumnName = "Image", string? layerName = null)
        => new(pretrained, outputColumnName, inputColumnName, layerName);

    /// <summary>Learns features from many binary tasks on the same inputs, for a linear trainer behind it in the chain.</summary>
    /// <param name="options">Column names, sizes and rates.</param>
    /// <example><code>
    /// var pipeline = ml.FeatureReuse.LearnFeatures(new() { LabelsColumnName = "Labels", Training = new() { Neurons = 128 } })
    ///     .Append(ml.Regression.Trainers.Sdca(featureColumnName: "LearntFeatures"));
    /// </code></example>
    public LearnFeaturesEstimator LearnFeatures(LearnFeaturesOptions? options = null) => new(_context, options ?? new());

    /// <summary>
    /// Compares the layers of a network before and after finetuning on the same images: effective numbers of dimensions, how many of them are shared, weight
    /// norms, and the reading of it.
    /// </summary>
    /// <param name="pretrained">What finetuning started from; its weights are rescaled as finetuning did.</param>
    /// <param name="finetuned">What came out.</param>
    /// <param name="images">At least two rows with images of the shape that the networks take; a label is not needed.</param>
    /// <param name="options">How to measure.</param>
    /// <returns>One signature a layer, from the pixels to the logits.</returns>
    /// <exception cref="ArgumentException">The architectures differ, or there are too few images.</exception>
    /// <exception cref="InvalidDataException">The image column is missing or of another size or type.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <example><code>
    /// foreach (LayerSignature layer in ml.FeatureReuse.CompareLayers(pretrained, model, test))
    /// {
    ///     Console.WriteLine($"{layer.LayerName}: {layer.ReuseKind}");
    /// }
    /// </code></example>
    public IReadOnlyList<LayerSignature> CompareLayers(NetworkTransformer pretrained, NetworkTransformer finetuned, IDataView images, SignatureOptions? options = null)
    {
        options ??= new();
        ArgumentNullException.ThrowIfNull(images);
        ImageColumn column = ImageColumn.From(images.Schema, Require.NotNull(finetuned).Columns.Image, finetuned.Network.Input);
        return LayerComparison.Compare(Require.NotNull(pretrained).Classifier, finetuned.Classifier, ImageReader.ReadUnlabelled(images, column, options.CancellationToken), options);
    }

    /// <summary>
    /// Writes what a network gives on test data, and how it came about, as one HTML file that needs nothing else: accuracies, choice of the rescaling, signatures by
    /// layer, learning curves, confusion matrix with the worst-confused images, options, versions and seeds.
    /// </summary>
    /// <param name="path">An HTML file, written anew or replaced; beside it first, then renamed.</param>
    /// <param name="model">The network.</param>
    /// <param name="test">Rows with images of the shape that the network takes, and labels.</param>
    /// <param name="options">What else the report has.</param>
    /// <exception cref="IOException">The file cannot be written; found out before anything is scored.</exception>
    /// <exception cref="InvalidDataException">A column is missing, of another type or size.</exception>
    /// <exception cref="ArgumentException">The label has a class that the network does not have, or there is no row.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <example><code>
    /// ml.FeatureReuse.SaveReport("report.html", model, test, new() { Pretrained = pretrained });
    /// </code></example>
    public void SaveReport(string path, NetworkTransformer model, IDataView test, ReportOptions? options = null)
    {
        options ??= new();
        TransferReport.RequireWritable(path);
        ImageColumn column = ImageColumn.From(Require.NotNull(test).Schema, Require.NotNull(model).Columns.Image, model.Network.Input);
        ClassKeys classes = ClassKeys.From(ImageColumn.RequireColumn(test.Schema, options.LabelColumnName));
        ImageStore images = ImageReader.Read(test, column, options.LabelColumnName, classes, options.CancellationToken);
        new TransferReport
        {
            Title = options.Title,
            Command = options.Command,
            Accuracies = options.Accuracies,
            Runs = model.Runs,
            Signatures = options.Pretrained is null ? [] : LayerComparison.Compare(options.Pretrained.Classifier, model.Classifier, images, options.Signatures with { CancellationToken = options.CancellationToken }),
            Confusion = Confusion.From(model.Classifier, images, options.WorstImages, options.CancellationToken),
        }.Save(path);
    }
}
