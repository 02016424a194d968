using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Xml.Linq;

namespace FeatureReuse;

/// <summary>Versions, seeds, options and the command: what is needed to repeat it.</summary>
internal static class OriginSection
{
    /// <summary>What a run is told, without its listeners.</summary>
    private static readonly PropertyInfo[] Options = [.. typeof(TrainingOptions).GetProperties().Where(property => property.Name is not (nameof(TrainingOptions.Progress) or nameof(TrainingOptions.CancellationToken)))];

    public static XElement Build(IReadOnlyList<RunRecord> runs, string? command) => ReportPage.Section("origin", "How to repeat it",
        command is null ? null : new XElement("pre", new XElement("code", command)),
        ReportPage.Note($"Written by version {LibraryVersion.Current} of FeatureReuse."),
        runs.Select((run, index) => new XElement("details",
            new XElement("summary", string.Create(CultureInfo.InvariantCulture, $"Step {index + 1}: {run.Name}{(run.Details.Task.Length > 0 ? $", task {run.Details.Task}" : "")}, seed {run.Details.Seed}")),
            ReportPage.Scrolling("Options", new XElement("table", new XAttribute("class", "words"), new XElement("tbody", Lines(run).Select(line => new XElement("tr",
                new XElement("th", new XAttribute("scope", "row"), line.Name), new XElement("td", line.Value.Length > 0 ? line.Value : "–")))))))));

    private static IEnumerable<(string Name, string Value)> Lines(RunRecord run) =>
    [
        ("images", Text(run.Details.RowCount)), ("rescaling", run.WeightRescaling.ToString()), ("seed", Text(run.Details.Seed)), ("device", run.Device), ("threads", Text(run.Threads)), ("version", run.LibraryVersion),
        .. (run as TrainingRun)?.TaskMixing is { } tasks ? [("mixing", Text(tasks.Mixing)), ("auxiliary task", tasks.AuxiliaryTask), ("auxiliary weight", Text(tasks.AuxiliaryWeight))] : Array.Empty<(string, string)>(),
        .. run is TrainingRun training ? Options.Select(property => (property.Name, Text(property.GetValue(training.Options)))) : [],
    ];

    private static string Text(object? value) => value switch
    {
        ClassWeights weights => weights.Values is { } values ? string.Join(", ", values.Select(weight => Text(weight))) : weights.IsBalanced ? "balanced" : "uniform",
        string text => text,
        IEnumerable many => string.Join(", ", many.Cast<object>().Select(Text)),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
