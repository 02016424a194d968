namespace FeatureReuse;

/// <summary>Trains a network on labelled images, which are read into memory once.</summary>
/// <remarks>
/// Input: an image column, Vector&lt;Byte&gt; or Vector&lt;Single&gt;, of the shape that a pretrained network takes, and a label key with
/// values. No normalisation is needed before. Output: see <see cref="NetworkTransformer"/>. A pretrained network is not changed, and must
/// not be disposed before Fit returns. Training uses a GPU if there is one.
/// </remarks>
public sealed class ClassifierEstimator : IEstimator<NetworkTransformer>
{
    private readonly IHostEnvironment _environment;
    private readonly string _name;
    private readonly ClassifierOptions _options;
    private readonly ImageShape? _imageShape;
    private readonly Func<ImageStore, TrainingOptions, TrainedClassifier> _train;

    internal ClassifierEstimator(IHostEnvironment environment, string step, ClassifierOptions options, ImageShape? imageShape,
        Func<ImageStore, TrainingOptions, TrainedClassifier> train)
    {
        options.Validate();
        (_environment, _name, _options, _imageShape, _train) = (environment, $"FeatureReuse.{step}", options, imageShape, train);
    }

    /// <summary>Trains once, where <see cref="Fit"/> does so several times.</summary>
    internal Func<ImageStore, TrainingOptions, TrainedClassifier>? TrainOnce { private get; init; }

    /// <summary>Gets the classes of the result from those of the labels.</summary>
    internal Func<ClassKeys, ClassKeys> ClassesOf { private get; init; } = labels => labels;

    /// <summary>Reads the rows into memory, trains, and returns the trained network.</summary>
    /// <param name="input">Rows with an image and a label each.</param>
    /// <exception cref="InvalidDataException">A column or a row does not fit; the message names it.</exception>
    /// <exception cref="ArgumentException">An option does not fit the data.</exception>
    /// <exception cref="InvalidOperationException">
    /// The device is not there, the checkpoint folder holds another run, or all candidates of the rescaling diverged.
    /// </exception>
    /// <exception cref="IOException">The checkpoint folder cannot be written, or another run uses it.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before training.</exception>
    /// <exception cref="TrainingCanceledException">The token was cancelled during training.</exception>
    /// <exception cref="TrainingDivergedException">The loss was no longer finite.</exception>
    public NetworkTransformer Fit(IDataView input)
    {
        ImageReader reader = ReaderOf(input);
        ClassKeys classes = ClassesOf(reader.Classes);
        using IChannel channel = _environment.Register(_name).Start("Training");
        ImageStore images = reader.Read(_options.Training.CancellationToken);
        channel.Log($"{_name}: {images.Count} images of {images.Shape} in {reader.Classes.Count} classes on {_options.Training.Device}.");
        var progress = new LoggedProgress(channel, _options.Training.Progress);
        TrainedClassifier classifier = _train(images, SeededOptions with { Progress = progress });
        return Owned.Complete(classifier, () =>
        {
            Describe(channel, classifier.LastTraining!);
            return new NetworkTransformer(classifier, classes, _options.Columns);
        });
    }

    /// <summary>
    /// Tries learning rates, from far too low to far too high, one for each step, with the other options as they are (Smith 2017, arXiv
    /// 1506.01186). Finetuning uses the candidate of the rescaling nearest to 1, and no linear probe. Nothing of it is kept.
    /// </summary>
    /// <param name="input">Rows with an image and a label each.</param>
    /// <param name="steps">The number of steps; 10 to 100,000.</param>
    /// <param name="maximum">The highest learning rate to try; above 0, at most 100.</param>
    /// <returns>The loss at each learning rate, and the one where it falls fastest.</returns>
    /// <exception cref="InvalidDataException">A column or a row does not fit; the message names it.</exception>
    /// <exception cref="ArgumentException">An option does not fit the data.</exception>
    /// <exception cref="InvalidOperationException">The device is not there, or the loss is not finite from the first steps on.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <example><code>
    /// LearningRateSearch search = ml.FeatureReuse.Finetune(pretrained).FindLearningRate(main);
    /// var options = new FinetuneOptions { Training = new() { LearningRate = search.Suggested } };
    /// </code></example>
    public LearningRateSearch FindLearningRate(IDataView input, int steps = LearningRateSearch.DefaultSteps, double maximum = 10)
    {
        ImageStore images = ReaderOf(input).Read(_options.Training.CancellationToken);
        return LearningRateSearch.Run(training => (TrainOnce ?? _train)(images, training), SeededOptions, steps, maximum);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">A column is missing or of another type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
        => PromisedColumns.Classification(Require.NotNull(inputSchema), _options.LabelColumnName, _options.Columns);

    private TrainingOptions SeededOptions
        => _options.Training with { Seed = _options.Training.Seed ?? MLNetInternals.SeedOf(_environment) };

    private ImageReader ReaderOf(IDataView input) => new(input, _options.ImageColumnName, _imageShape, _options.LabelColumnName);

    private void Describe(IChannel channel, TrainingRun run)
    {
        (StopReason reason, IReadOnlyList<EpochMetrics> epochs, long steps, _) = run.History;
        channel.Log($"{_name}: stopped ({reason}) after {epochs.Count} epochs, {steps} steps, on {run.Device}.");
        foreach (RescalingCandidate candidate in run.Candidates ?? [])
        {
            string outcome = candidate.ValidationLoss is not { } loss ? "diverged" : FormattableString.Invariant(
                $"validation loss {loss:F4} ± {candidate.StandardError:F4}, accuracy {candidate.ValidationAccuracy:P1}");
            channel.Log($"{_name}: rescaling {candidate.Rescaling}: {outcome}{(candidate.IsChosen ? ", chosen" : "")}");
        }
    }

    /// <summary>Writes every epoch to ML.NET's log and passes everything on.</summary>
    private sealed class LoggedProgress(IChannel channel, IProgress<TrainingProgress>? listener) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.CompletedEpoch is { } epoch)
            {
                string validation = epoch.ValidationLoss is not { } loss ? ""
                    : FormattableString.Invariant($", validation loss {loss:F4}, accuracy {epoch.ValidationAccuracy:P1}");
                channel.Log($"Epoch {epoch.Epoch}: loss {epoch.Loss:F4}, accuracy {epoch.Accuracy:P1}{validation}");
            }
            listener?.Report(value);
        }
    }
}
