using System.Xml.Linq;

namespace FeatureReuse;

/// <summary>
/// Reports the results of a transfer as one HTML file without references: accuracy by setup and number of images, the choice of the
/// rescaling, signatures by layer, learning curves, the confusion matrix with misclassified images, and how to repeat it.
/// </summary>
/// <remarks>
/// Sections without content are left out. Every chart has its values in a table below it and as CSV to download. The page follows the
/// reader's choice of light or dark and runs no script.
/// </remarks>
internal sealed record TransferReport
{
    public required string Title { get; init; }

    /// <summary>Gets the command that makes the report; null if there is none.</summary>
    public string? Command { get; init; }

    /// <summary>Gets runs to compare.</summary>
    public IReadOnlyList<ReportedAccuracy> Accuracies { get; init; } = [];

    /// <summary>Gets the steps in the making of the network.</summary>
    public IReadOnlyList<RunRecord> Runs { get; init; } = [];

    /// <summary>Gets the comparison of the layers before and after finetuning.</summary>
    public IReadOnlyList<LayerSignature> Signatures { get; init; } = [];

    public Confusion? Confusion { get; init; }

    /// <summary>Writes the page; beside the file first, then renamed.</summary>
    /// <param name="path">An HTML file, written anew or replaced.</param>
    /// <exception cref="IOException">The file cannot be written; the message names it. What was there before is left.</exception>
    public void Save(string path)
    {
        RequireWritable(path);
        byte[] page = System.Text.Encoding.UTF8.GetBytes(ToHtml());
        WholeFile.Write(path, stream => stream.Write(page));
    }

    /// <summary>Fails now if a report cannot be written later.</summary>
    /// <param name="path">An HTML file.</param>
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

    public string ToHtml()
    {
        TrainingRun[] trainings = [.. Runs.OfType<TrainingRun>()];
        TrainingRun[] curves = [.. trainings.Where(run => run.History.Epochs.Count > 0)];
        XElement?[] sections =
        [
            Accuracies.Count == 0 ? null : AccuracySection.Build(Accuracies),
            .. trainings.Select(run => run.Candidates).OfType<IReadOnlyList<RescalingCandidate>>().Select(CandidateSection.Build),
            Signatures.Count == 0 ? null : SignatureSection.Build(Signatures),
            curves.Length == 0 ? null : LearningCurveSection.Build(curves),
            Confusion is null ? null : ConfusionSection.Build(Confusion),
            OriginSection.Build(Runs, Command),
        ];
        return ReportPage.Compose(Title, [.. sections.OfType<XElement>()]);
    }
}
