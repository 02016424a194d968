using System.Text;
using System.Xml.Linq;
using static FeatureReuse.HtmlElements;

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
    public string? Command { get; init; }
    public IReadOnlyList<ReportedAccuracy> Accuracies { get; init; } = [];
    public IReadOnlyList<RunRecord> Runs { get; init; } = [];
    public IReadOnlyList<LayerSignature> Signatures { get; init; } = [];
    public Confusion? Confusion { get; init; }

    /// <summary>Writes the page; beside the file first, then renamed.</summary>
    /// <exception cref="IOException">The file cannot be written; the message names it. What was there before is left.</exception>
    public void Save(string path)
    {
        RequireWritable(path);
        WholeFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(ToHtml())));
    }

    /// <summary>Fails now if a report cannot be written later.</summary>
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
        XElement[] sections = [.. Sections()];
        XElement html = Element("html", ("lang", "en"),
            Element("head",
                Element("meta", ("charset", "utf-8")),
                Element("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1")),
                Element("link", ("rel", "icon"), ("href", "data:,")),
                Element("title", Title),
                Element("style", Style())),
            Element("body",
                Element("a", ("class", "skip"), ("href", "#content"), "Skip to the content"),
                Element("header", Element("h1", Title), Element("nav", ("aria-label", "Sections"), Element("ul", sections.Select(section
                    => Element("li", Element("a", ("href", $"#{section.Attribute("id")!.Value}"), section.Element("h2")!.Value)))))),
                Element("main", ("id", "content"), sections)));
        return "<!DOCTYPE html>\n" + html.ToString(SaveOptions.DisableFormatting) + "\n";
    }

    private IEnumerable<XElement> Sections()
    {
        TrainingRun[] trainings = [.. Runs.OfType<TrainingRun>()];
        TrainingRun[] curves = [.. trainings.Where(run => run.History.Epochs.Count > 0)];
        XElement?[] all =
        [
            Accuracies.Count == 0 ? null : AccuracySection.Build(Accuracies),
            .. trainings.Select(run => run.Candidates).OfType<IReadOnlyList<RescalingCandidate>>().Select(CandidateSection.Build),
            Signatures.Count == 0 ? null : SignatureSection.Build(Signatures),
            curves.Length == 0 ? null : LearningCurveSection.Build(curves),
            Confusion?.ToSection(), OriginSection.Build(Runs, Command),
        ];
        return all.OfType<XElement>();
    }

    private static string Style()
    {
        using var reader = new StreamReader(typeof(TransferReport).Assembly.GetManifestResourceStream("report.css")!);
        return reader.ReadToEnd();
    }
}
