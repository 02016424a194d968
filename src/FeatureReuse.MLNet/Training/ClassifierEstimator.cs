using System.Globalization;
using Microsoft.ML.Runtime;

namespace FeatureReuse;

/// <summary>What every estimator that trains does around the training: check the columns, read the rows, log, and wrap the result.</summary>
public abstract class ClassifierEstimator : IEstimator<NetworkTransformer>
{
    private readonly IHostEnvironment _environment;
    private readonly string _name;
    private readonly string _labelColumnName;
    private readonly ScoringColumns _columns;
    private readonly ImageShape? _imageShape;
    private readonly TrainingOptions _options;

    private protected ClassifierEstimator(IHostEnvironment environment, string name, string labelColumnName, ScoringColumns columns, ImageShape? imageShape, TrainingOptions options)
    {
        Require.NotEmpty(labelColumnName, "LabelColumnName");
        columns.Validate();
        Require.NotNull(options, "Training").Validate();
        _environment = environment;
        _name = name;
        _labelColumnName = labelColumnName;
        _columns = columns;
        _imageShape = imageShape;
        _options = options;
    }

    /// <summary>Reads the rows into memory, trains, and returns the trained network.</summary>
    /// <param name="input">Rows with an image and a label each.</param>
    /// <exception cref="InvalidDataException">A column or a row does not fit; the message names it.</exception>
    /// <exception cref="ArgumentException">An option does not fit the data.</exception>
    /// <exception cref="TrainingCanceledException">The token was cancelled.</exception>
    /// <exception cref="TrainingDivergedException">The loss was no longer finite.</exception>
    public NetworkTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        ImageColumn images = ImageColumn.From(input.Schema, _columns.Image, _imageShape);
        ClassKeys classes = ClassKeys.From(ImageColumn.RequireColumn(input.Schema, _labelColumnName));
        IHost host = _environment.Register(_name);
        using IChannel channel = host.Start("Training");
        ImageStore store = ImageReader.Read(input, images, _labelColumnName, classes, _options.CancellationToken);
        Info(channel, $"{_name}: {store.Count} images of {store.Shape} in {classes.Count} classes on {_options.Device}.");
        TrainingOptions options = _options with
        {
            Seed = _options.Seed ?? MLNetInternals.SeedOf(_environment),
            Progress = new LoggedProgress(channel, _options.Progress),
        };
        TrainedClassifier classifier = Train(store, options);
        TrainingHistory history = classifier.Runs[^1].History!;
        Info(channel, $"{_name}: stopped ({history.StopReason}) after {history.Epochs.Count} epochs, {history.Steps} steps, on {classifier.Runs[^1].Device}.");
        foreach (RescalingCandidate candidate in classifier.Runs[^1].Candidates ?? [])
        {
            Info(channel, candidate.ValidationLoss is null ? $"{_name}: rescaling {candidate.Rescaling}: diverged"
                : (FormattableString)$"{_name}: rescaling {candidate.Rescaling}: validation loss {candidate.ValidationLoss:F4} ± {candidate.StandardError:F4}, accuracy {candidate.ValidationAccuracy:P1}{(candidate.IsChosen ? ", chosen" : "")}");
        }
        return new NetworkTransformer(classifier, ClassesOf(classes), _columns);
    }

    /// <summary>
    /// Tries learning rates, from far too low to far too high, for a few steps each, with all other options as they are; nothing of it is kept (Smith 2017, arXiv 1506.01186).
    /// </summary>
    /// <param name="input">Rows with an image and a label each.</param>
    /// <param name="steps">Steps in all; 10 to 100,000.</param>
    /// <param name="maximum">The highest learning rate to try; above 0, at most 100.</param>
    /// <returns>The loss at each learning rate, and the one where it falls fastest.</returns>
    /// <exception cref="InvalidDataException">A column or a row does not fit; the message names it.</exception>
    /// <exception cref="ArgumentException">An option does not fit the data.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <example><code>
    /// LearningRateSearch search = ml.FeatureReuse.Finetune(pretrained).FindLearningRate(main);
    /// var options = new FinetuneOptions { Training = new() { LearningRate = search.Suggested } };
    /// </code></example>
    public LearningRateSearch FindLearningRate(IDataView input, int steps = LearningRateSearch.DefaultSteps, double maximum = 10)
    {
        ArgumentNullException.ThrowIfNull(input);
        ImageColumn images = ImageColumn.From(input.Schema, _columns.Image, _imageShape);
        ClassKeys classes = ClassKeys.From(ImageColumn.RequireColumn(input.Schema, _labelColumnName));
        ImageStore store = ImageReader.Read(input, images, _labelColumnName, classes, _options.CancellationToken);
        return LearningRateSearch.Run(options => TrainOnce(store, options), _options with { Seed = _options.Seed ?? MLNetInternals.SeedOf(_environment) }, steps, maximum);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">A column is missing or of another type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return PromisedColumns.Classification(inputSchema, _labelColumnName, _columns);
    }

    private protected abstract TrainedClassifier Train(ImageStore images, TrainingOptions options);

    /// <summary>Like <see cref="Train"/>, with one run.</summary>
    private protected virtual TrainedClassifier TrainOnce(ImageStore images, TrainingOptions options) => Train(images, options);

    /// <summary>The classes of the result.</summary>
    private protected virtual ClassKeys ClassesOf(ClassKeys labels) => labels;

    private static void Info(IChannel channel, FormattableString message)
        => channel.Info(MessageSensitivity.None, "{0}", message.ToString(CultureInfo.InvariantCulture));

    /// <summary>Writes every epoch to ML.NET's log and passes everything on.</summary>
    private sealed class LoggedProgress(IChannel channel, IProgress<TrainingProgress>? listener) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.CompletedEpoch is { } epoch)
            {
                string validation = epoch.ValidationLoss is { } loss
                    ? string.Create(CultureInfo.InvariantCulture, $", validation loss {loss:F4}, accuracy {epoch.ValidationAccuracy:P1}") : "";
                Info(channel, $"Epoch {epoch.Epoch}: loss {epoch.Loss:F4}, accuracy {epoch.Accuracy:P1}{validation}");
            }
            listener?.Report(value);
        }
    }
}
