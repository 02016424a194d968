using System.Collections;
using System.Reflection;
using System.Xml.Linq;
using static FeatureReuse.HtmlElements;

namespace FeatureReuse;

/// <summary>Shows what is needed to repeat the result: the command, versions, seeds and options.</summary>
internal static class OriginSection
{
    public static XElement Build(IReadOnlyList<RunRecord> runs, string? command) => ReportPage.Section("origin", "How to repeat it",
        command is null ? null : Element("pre", Element("code", command)),
        ReportPage.Note($"Written by version {LibraryVersion.Current} of FeatureReuse."),
        runs.Select((run, index) => Element("details", Element("summary", $"Step {index + 1}: {Summary(run)}"),
            ReportPage.Scrolling("Options", Element("table", ("class", "words"), Element("tbody", Lines(run).Select(line => Element("tr",
                Element("th", ("scope", "row"), line.Name), Element("td", line.Value.Length > 0 ? line.Value : "–")))))))));

    private static string Summary(RunRecord run)
        => $"{run.Name}{(run.Task.Length > 0 ? $", task {run.Task}" : "")}, seed {Text(run.Seed)}";

    private static IEnumerable<(string Name, string Value)> Lines(RunRecord run) =>
    [
        ("images", Text(run.RowCount)), ("rescaling", run.Rescaling.ToString()), ("seed", Text(run.Seed)),
        ("device", run.Device), ("threads", Text(run.Threads)), ("version", run.LibraryVersion),
        .. (run as TrainingRun)?.TaskMixing is { } tasks
            ? new[]
            {
                ("mixing", Text(tasks.Mixing)), ("auxiliary task", tasks.AuxiliaryTask), ("auxiliary weight", Text(tasks.AuxiliaryWeight)),
            } : [],
        .. run is TrainingRun training ? Lines(training.Options) : [],
    ];

    /// <summary>Lists options; those of a group by their own names. A run keeps no listener and no token.</summary>
    private static IEnumerable<(string Name, string Value)> Lines(object options) => options.GetType().GetProperties()
        .Where(property => property.Name is not (nameof(TrainingOptions.Progress) or nameof(TrainingOptions.CancellationToken)))
        .SelectMany(property => property.GetValue(options) is { } value && property.Name is nameof(TrainingOptions.Regularization)
            or nameof(TrainingOptions.EarlyStopping) or nameof(TrainingOptions.Augmentation)
            ? Lines(property.GetValue(options)!) : [(property.Name, Text(property.GetValue(options)))]);

    private static string Text(object? value) => value switch
    {
        ClassWeights { Values: { } values } => Text(values),
        ClassWeights weights => weights.IsBalanced ? "balanced" : "uniform",
        string text => text,
        IEnumerable many => string.Join(", ", many.Cast<object>().Select(Text)),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
