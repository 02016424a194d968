using FeatureReuse.Samples;
using Spectre.Console;

namespace PaperFigures;

/// <summary>Published means beside ours. They agree within 3 combined standard errors.</summary>
internal static class Compare
{
    private const double StandardErrors = 3;

    public static int Print(string published, string results)
    {
        PublishedValue[] values = PublishedValue.Read(published);
        bool isAccuracy = values[0].Cell.Layer is null;
        string path = Path.Combine(results, isAccuracy ? "accuracy.csv" : "signatures.csv");
        if (!File.Exists(path))
            throw new FileNotFoundException($"{path} does not exist; run the experiments first, and merge where they ran in shares.");
        IEnumerable<(Cell Cell, double Value, string Options)> ours = isAccuracy
            ? new CsvFile<AccuracyRow>(path).Rows.DistinctBy(row => row.Job).SelectMany(row => Cell.Of(row).Select(pair => (pair.Cell, pair.Value, row.Options)))
            : new CsvFile<SignatureRow>(path).Rows.DistinctBy(row => row.Place).SelectMany(row => Cell.Of(row).Select(pair => (pair.Cell, pair.Value, row.Options)));
        ILookup<Cell, (string Options, double Value)> byCell = ours.ToLookup(entry => entry.Cell, entry => (entry.Options, entry.Value));
        Pair[] pairs = [.. values.SelectMany(value => byCell[value.Cell].GroupBy(entry => entry.Options)
            .Select(alike => new Pair(value.Cell, alike.Key, value.Value, Seeds.Of([.. alike.Select(entry => entry.Value)]))))];
        if (pairs.Length == 0)
            throw new InvalidDataException($"{path} has no run of a cell in {published}.");
        Show(pairs);
        foreach (var alike in pairs.GroupBy(pair => pair.Options))
        {
            int agreeing = alike.Count(pair => pair.Agrees);
            Console.WriteLine(FormattableString.Invariant($"{(alike.Key == "" ? "As in the paper" : alike.Key)}: {agreeing} of {alike.Count()} cells agree within {StandardErrors} combined standard errors."));
        }
        string[] missing = [.. values.Where(value => !byCell.Contains(value.Cell)).Select(value => FormattableString.Invariant($"{value.Cell.Setup} x{value.Cell.Rescaling} n={value.Cell.TrainingSize}")).Distinct()];
        Console.WriteLine(missing.Length == 0 ? "All published cells were run." : $"Not run: {string.Join(", ", missing)}.");
        return 0;
    }

    private static void Show(Pair[] pairs)
    {
        var table = new Table().Border(TableBorder.Simple);
        table.AddColumns("setup", "rescaling", "n", "layer", "quantity", "options", "published", "ours", "difference", "std errors", "agrees");
        foreach (Pair pair in pairs.OrderByDescending(pair => pair.InStandardErrors))
        {
            table.AddRow([pair.Cell.Setup, Text($"{pair.Cell.Rescaling}"), Text($"{pair.Cell.TrainingSize}"), Text($"{pair.Cell.Layer}"), pair.Cell.Quantity, Markup.Escape(pair.Options),
                pair.Published.ToString(), pair.Ours.ToString(), Text($"{pair.Difference:+0.000;-0.000}"), Text($"{pair.InStandardErrors:F1}"), pair.Agrees ? "yes" : "NO"]);
        }
        AnsiConsole.Write(table);
    }

    private static string Text(FormattableString text) => FormattableString.Invariant(text);

    private sealed record Pair(Cell Cell, string Options, Seeds Published, Seeds Ours)
    {
        public double Difference => Ours.Mean - Published.Mean;

        public double InStandardErrors => Math.Abs(Difference) / Math.Max(double.Hypot(Published.StandardError, OurStandardError), 1e-12);

        public bool Agrees => InStandardErrors <= StandardErrors;

        /// <summary>One seed has no spread of its own; it is taken to be the published one.</summary>
        private double OurStandardError => Ours.Count > 1 ? Ours.StandardError : Published.StandardError * Math.Sqrt(Published.Count);
    }
}
