using System.Xml.Linq;

namespace FeatureReuse;

/// <summary>
/// What a transfer gave, as one HTML file that needs nothing else: accuracy over the number of images by setup, the choice of the rescaling, signatures by layer,
/// learning curves, the confusion matrix with the worst-confused images, and how to repeat it. Sections without content are left out.
/// </summary>
/// <remarks>Every chart has its values in a table below it and as CSV to download. The page follows the reader's choice of light or dark and runs no script.</remarks>
public sealed record TransferReport
{
    /// <summary>The page's heading.</summary>
    public required string Title { get; init; }

    /// <summary>How to make the report again; null where it was not made by a command.</summary>
    public string? Command { get; init; }

    /// <summary>Runs to compare. Default none.</summary>
    public IReadOnlyList<ReportedAccuracy> Accuracies { get; init; } = [];

    /// <summary>How the network came about: learning curves, the choice of the rescaling, options, versions and seeds are read from it. Default none.</summary>
    public IReadOnlyList<RunRecord> Runs { get; init; } = [];

    /// <summary>The layers before and after finetuning. Default none.</summary>
    public IReadOnlyList<LayerSignature> Signatures { get; init; } = [];

    /// <summary>Which classes were taken for which. Default null.</summary>
    public Confusion? Confusion { get; init; }

    /// <summary>Writes the page; beside the file first, then renamed.</summary>
    /// <param name="path">An HTML file, written anew or replaced.</param>
    /// <exception cref="IOException">The file cannot be written; the message names it. What was there before is left.</exception>
    public void Save(string path)
    {
        RequireWritable(path);
        string page = ToHtml();
        WholeFile.Write(path, stream =>
        {
            using var writer = new StreamWriter(stream, leaveOpen: true);
            writer.Write(page);
        });
    }

    /// <summary>Fails now rather than after hours of training.</summary>
    /// <param name="path">Where a report will go.</param>
    /// <exception cref="IOException">The file cannot be written; the message names it.</exception>
    public static void RequireWritable(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string full = Path.GetFullPath(path);
        try
        {
            if (Directory.Exists(full))
                throw new IOException("it is a folder");
            WholeFile.Write(full + ".try", _ => { });
            File.Delete(full + ".try");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"The report {full} cannot be written: {failure.Message.TrimEnd('.')}.", failure);
        }
    }

    /// <returns>The page.</returns>
    public string ToHtml()
    {
        TrainingRun[] trainings = [.. Runs.OfType<TrainingRun>()];
        static bool HasEpochs(TrainingRun run) => run.History.Epochs.Count > 0;
        XElement?[] sections =
        [
            Accuracies.Count == 0 ? null : AccuracySection.Build(Accuracies),
            .. trainings.Where(run => run.Candidates is not null).Select(run => CandidateSection.Build(run.Candidates!)),
            Signatures.Count == 0 ? null : SignatureSection.Build(Signatures),
            trainings.Any(HasEpochs) ? LearningCurveSection.Build(trainings.Where(HasEpochs)) : null,
            Confusion is null ? null : ConfusionSection.Build(Confusion),
            OriginSection.Build(Runs, Command),
        ];
        return ReportPage.Compose(Title, [.. sections.OfType<XElement>()]);
    }
}
