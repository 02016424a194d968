using System.Collections;
using System.Reflection;
using System.Xml.Linq;
using static System.FormattableString;
using static FeatureReuse.HtmlElements;

namespace FeatureReuse;

/// <summary>Builds the sections of a report.</summary>
internal static class ReportSections
{
    /// <summary>The most markers of a line that can be told apart.</summary>
    private const int MostPoints = 40;

    /// <summary>Shows the accuracy over the number of training images, with one line for each setup.</summary>
    public static XElement Accuracy(IReadOnlyList<ReportedAccuracy> accuracies)
    {
        (string Setup, int Size, int Count, double Mean, double? Deviation)[] cells =
            [.. accuracies.GroupBy(run => (run.Setup, run.TrainingSize), run => run.Accuracy).Select(cell
                => (cell.Key.Setup, cell.Key.TrainingSize, cell.Count(), cell.Average(), DeviationOf([.. cell])))];
        var chart = new LineChart("accuracy-chart", "Test accuracy by setup: mean and standard deviation over seeds",
            "training images of the main task", "test accuracy", [.. cells.GroupBy(cell => cell.Setup).Select(setup
                => new ChartSeries(setup.Key, [.. setup.Select(cell => new ChartPoint(cell.Size, cell.Mean, cell.Deviation ?? 0))]))]);
        return Section("accuracy", "Accuracy by setup",
            Note("STL: single-task learning, the main task alone. MTL: multi-task learning, together with the auxiliary task. "
                + "LP: linear probe, only the readout on pretrained features. PT+FT: pretraining and finetuning of all weights; "
                + "\"rescaled\" gives the factor by which the pretrained weights were multiplied before finetuning."),
            Chart(chart, ReportTable.From("accuracy", "mean and standard deviation over seeds", cells, ("setup", cell => cell.Setup),
                ("n_train", cell => cell.Size), ("seeds", cell => cell.Count), ("mean", cell => cell.Mean),
                ("standard_deviation", cell => cell.Deviation))),
            Download(ReportTable.From("accuracy_runs", "every run", accuracies, ("setup", run => run.Setup),
                ("n_train", run => run.TrainingSize), ("seed", run => run.Seed), ("accuracy", run => run.Accuracy))));
    }

    private static double? DeviationOf(double[] values) => values.Length < 2 ? null : Math.Sqrt(SampleStatistics.Variance(values));

    /// <summary>Shows the candidates that a rescaling was chosen from; a network may have several choices behind it.</summary>
    public static XElement Candidates(IReadOnlyList<RescalingCandidate> candidates, int number)
    {
        string id = number == 1 ? "candidates" : $"candidates-{number}";
        ReportTable table = ReportTable.From(id, "candidates of the rescaling", candidates,
            ("rescaling", one => one.Rescaling.ToString()), ("validation_loss", one => one.ValidationLoss),
            ("standard_error", one => one.StandardError), ("above_best", one => one.LossAboveBest),
            ("above_best_standard_error", one => one.LossAboveBestStandardError),
            ("validation_accuracy", one => one.ValidationAccuracy), ("chosen", one => one.IsChosen ? "yes" : ""));
        RescalingCandidate chosen = candidates.Single(one => one.IsChosen);
        XElement note = Note($"Chosen: {chosen.Rescaling}. Among the candidates whose loss on held-out training images is within one "
            + "standard error of the lowest, it is the nearest to 1. "
            + (candidates.Any(one => one.ValidationLoss is null) ? "Candidates without a loss diverged." : ""));
        // Profiles over depth have no single place on the axis.
        RescalingCandidate[] factors =
            [.. candidates.Where(one => one is { ValidationLoss: not null, Rescaling: { LayerFactors.Count: 0, LastFactor: null } })];
        ChartPoint PointOf(RescalingCandidate one, double spread) => new(one.Rescaling.Factor, one.ValidationLoss!.Value, spread);
        return Section(id, "Choice of the rescaling", note, factors.Length < 2 ? [Shown(table), Download(table)]
            : Chart(new($"{id}-chart", "Loss on held-out training images, with its standard error", "rescaling factor",
                "validation loss (nats)",
                [
                    new("candidates", [.. factors.Select(one => PointOf(one, one.StandardError!.Value))]),
                    .. factors.Where(one => one.IsChosen).Select(one => new ChartSeries("chosen", [PointOf(one, 0)])),
                ]), table));
    }

    /// <summary>Shows the effective dimensions of the layers before and after finetuning.</summary>
    public static XElement Signatures(IReadOnlyList<LayerSignature> signatures)
    {
        ChartSeries Line(string name, Func<LayerSignature, double> value)
            => new(name, [.. signatures.Select(layer => new ChartPoint(layer.Index, value(layer)))]);
        var chart = new LineChart("signatures-chart", "Effective dimensions by layer", "layer, from the pixels to the logits",
            "effective dimensions",
            [
                Line("before (rescaled)", layer => layer.PretrainedDimensions),
                Line("after", layer => layer.FinetunedDimensions),
                Line("shared (ENSD)", layer => layer.SharedDimensions),
            ],
            IsLogX: false, IsLogY: signatures.All(layer => layer.SharedDimensions > 0));
        ReportTable table = ReportTable.From("signatures", "signatures by layer", signatures,
            ("layer", one => one.Index), ("layer_name", one => one.LayerName), ("pr_pretrained", one => one.PretrainedDimensions),
            ("pr_finetuned", one => one.FinetunedDimensions), ("ensd", one => one.SharedDimensions), ("overlap", one => one.Overlap),
            ("norm_pretrained", one => one.PretrainedNorm), ("norm_finetuned", one => one.FinetunedNorm),
            ("norm_of_change", one => one.Change), ("reading", one => Reading(one.ReuseKind)));
        return Section("signatures", "Features before and after finetuning",
            Note("Participation ratio of the activations before and after finetuning, and the dimensions that both share (ENSD). "
                + "Kept: at least 80 % of the dimensions after finetuning are shared, and their number fell by less than 20 %. "
                + "Nested selection: as many are shared, but their number fell further. Partly new: 50 to 80 % are shared. "
                + "New: fewer than 50 % are shared."),
            Element("ul", signatures.Select(layer => Element("li", $"Layer {layer.Index}, {layer.LayerName}: "
                + $"{Reading(layer.ReuseKind)} ({Number(100 * layer.SharedFraction)} % shared)"))), Chart(chart, table));
    }

    private static string Reading(FeatureReuseKind reading) => reading switch
    {
        FeatureReuseKind.Kept => "kept",
        FeatureReuseKind.NestedSelection => "nested selection",
        FeatureReuseKind.PartlyNew => "partly new",
        _ => "new",
    };

    /// <summary>Shows the loss epoch by epoch, with one chart for each training run.</summary>
    public static XElement LearningCurves(IEnumerable<TrainingRun> runs)
        => Section("learning", "Learning curves", runs.SelectMany((run, index) => Curve(run, index + 1)));

    private static object[] Curve(TrainingRun run, int number)
    {
        IReadOnlyList<EpochMetrics> epochs = run.History.Epochs;
        int step = (epochs.Count + MostPoints - 1) / MostPoints;
        EpochMetrics[] drawn = [.. epochs.Where((_, index) => index % step == 0 || index == epochs.Count - 1)];
        ChartSeries Line(string name, Func<EpochMetrics, double?> value) => new(name,
            [.. drawn.Where(epoch => value(epoch) is not null).Select(epoch => new ChartPoint(epoch.Epoch, value(epoch)!.Value))]);
        ChartSeries[] lines = [Line("training", epoch => epoch.Loss), Line("validation", epoch => epoch.ValidationLoss),
            Line("auxiliary", epoch => epoch.AuxiliaryLoss)];
        string name = Invariant($"{run.Name}, task {run.Task}, {run.RowCount} images");
        var chart = new LineChart($"learning-chart-{number}", $"Loss: {name}", "epoch", "cross-entropy (nats)",
            [.. lines.Where(line => line.Points.Count > 0)], IsLogX: false,
            IsLogY: lines.All(line => line.Points.All(point => point.Y > 0)));
        ReportTable table = ReportTable.From($"learning_{number}", name, epochs,
            ("epoch", one => one.Epoch), ("loss", one => one.Loss), ("accuracy", one => one.Accuracy),
            ("validation_loss", one => one.ValidationLoss), ("validation_accuracy", one => one.ValidationAccuracy),
            ("auxiliary_loss", one => one.AuxiliaryLoss), ("auxiliary_accuracy", one => one.AuxiliaryAccuracy),
            ("learning_rate", one => one.LearningRate));
        string reason = run.History.StopReason switch
        {
            StopReason.LossThreshold => "the loss fell below the threshold",
            StopReason.EpochLimit => "the epoch limit was reached",
            StopReason.EarlyStopping => "the validation loss stopped improving",
            StopReason.Canceled => "it was cancelled",
            _ => "it diverged",
        };
        string note = Invariant($"Ended after {epochs.Count} epochs, {run.History.Steps} steps: {reason}.")
            + (step > 1 ? $" The chart shows every {step}th epoch, the table all." : "");
        return [Element("h3", $"{name[..1].ToUpperInvariant()}{name[1..]}"), Note(note), .. Chart(chart, table)];
    }

    /// <summary>Shows what is needed to repeat the result: the command, versions, seeds and options.</summary>
    public static XElement Origin(IReadOnlyList<RunRecord> runs, string? command) => Section("origin", "How to repeat it",
        command is null ? null : Element("pre", Element("code", command)),
        Note($"Written by version {LibraryVersion.Current} of FeatureReuse."),
        runs.Select((run, index) => Element("details", Element("summary", $"Step {index + 1}: {run.Name}"
                + $"{(run.Task.Length > 0 ? $", task {run.Task}" : "")}, seed {Text(run.Seed)}"),
            Scrolling("Options", Element("table", ("class", "words"), Element("tbody", Lines(run).Select(line => Element("tr",
                Element("th", ("scope", "row"), line.Name), Element("td", line.Value.Length > 0 ? line.Value : "–")))))))));

    private static IEnumerable<(string Name, string Value)> Lines(RunRecord run) =>
    [
        ("images", Text(run.RowCount)), ("rescaling", run.Rescaling.ToString()), ("seed", Text(run.Seed)),
        ("device", run.Device), ("threads", Text(run.Threads)), ("version", run.LibraryVersion),
        .. (run as TrainingRun)?.TaskMixing is not { } tasks ? [] : new[] { ("mixing", Text(tasks.Order)),
            ("auxiliary task", tasks.AuxiliaryTask), ("auxiliary weight", Text(tasks.AuxiliaryWeight)) },
        .. run is TrainingRun training ? Lines(training.Options) : [],
    ];

    /// <summary>Lists options; those of a group by their own names. A run keeps no listener and no token.</summary>
    private static IEnumerable<(string Name, string Value)> Lines(object options) => options.GetType().GetProperties()
        .Where(property => property.Name is not (nameof(TrainingOptions.Progress) or nameof(TrainingOptions.CancellationToken)))
        .SelectMany(property => property.GetValue(options) is { } value && property.Name is nameof(TrainingOptions.Regularization)
            or nameof(TrainingOptions.EarlyStopping) or nameof(TrainingOptions.Augmentation)
            ? Lines(value) : [(property.Name, Text(property.GetValue(options)))]);

    private static string Text(object? value) => value switch
    {
        string text => text,
        IEnumerable many => string.Join(", ", many.Cast<object>().Select(Text)),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
