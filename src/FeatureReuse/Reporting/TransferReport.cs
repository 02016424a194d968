using System.Text;
using System.Xml.Linq;
using static FeatureReuse.HtmlElements;

namespace FeatureReuse;

/// <summary>
/// Reports the results of a transfer as one HTML file without references or scripts, in light or dark. Sections without content are left
/// out; every chart has its values in a table below it and as CSV to download.
/// </summary>
internal sealed record TransferReport
{
    public required string Title { get; init; }
    public string? Command { get; init; }
    public IReadOnlyList<ReportedAccuracy> Accuracies { get; init; } = [];
    public IReadOnlyList<RunRecord> Runs { get; init; } = [];
    public IReadOnlyList<LayerSignature> Signatures { get; init; } = [];
    public Confusion? Confusion { get; init; }

    /// <summary>Writes the page; if that fails, what was there before is left.</summary>
    public void Save(string path)
    {
        RequireWritable(path);
        WholeFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(ToHtml())));
    }

    /// <summary>Fails now if a report cannot be written later.</summary>
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
        using var style = new StreamReader(typeof(TransferReport).Assembly.GetManifestResourceStream("report.css")!);
        XElement[] sections = [.. Sections()];
        XElement html = Element("html", ("lang", "en"),
            Element("head",
                Element("meta", ("charset", "utf-8")),
                Element("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1")),
                Element("link", ("rel", "icon"), ("href", "data:,")),
                Element("title", Title),
                Element("style", style.ReadToEnd())),
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
            Accuracies.Count == 0 ? null : ReportSections.Accuracy(Accuracies),
            .. trainings.Select(run => run.Candidates).OfType<IReadOnlyList<RescalingCandidate>>()
                .Select((candidates, index) => ReportSections.Candidates(candidates, index + 1)),
            Signatures.Count == 0 ? null : ReportSections.Signatures(Signatures),
            curves.Length == 0 ? null : ReportSections.LearningCurves(curves),
            Confusion?.ToSection(), ReportSections.Origin(Runs, Command),
        ];
        return all.OfType<XElement>();
    }
}
