using System.Globalization;
using FeatureReuse.Samples;
using Spectre.Console;

namespace TeacherStudent;

/// <summary>Published means beside ours. They agree within .3 decades or 3 combined standard errors; losses below 1e-6 are those of the stopping rule and are only reported.</summary>
internal static class Compare
{
    private const double Decades = .3;
    private const double StandardErrors = 3;
    private const double StoppingLoss = 1e-6;

    public static int Print(string published, string csv)
    {
        PublishedCell[] cells = PublishedCell.Read(published);
        if (!File.Exists(csv))
            throw new FileNotFoundException($"{csv} does not exist; run the experiment first.");
        var file = new CsvFile<Run>(csv, cells[0].Columns);
        ILookup<Run, double> ours = file.Rows.DistinctBy(row => row.Settings).ToLookup(row => row.Settings with { Seed = 0 }, row => row.GeneralisationLoss);
        Pair[] pairs = [.. cells.Where(cell => ours.Contains(cell.Settings)).Select(cell => new Pair(cell.Settings, cell.Losses, LogLosses.Of([.. ours[cell.Settings]])))];
        if (pairs.Length == 0)
            throw new InvalidDataException($"{file.FullPath} has no run of a cell in {published}.");
        Show(pairs);
        Pair[] counted = [.. pairs.Where(pair => !pair.IsBelowStopping)];
        int agreeing = counted.Count(pair => pair.Agrees);
        Say($"{agreeing} of {counted.Length} cells above {StoppingLoss:E0} agree ({Share(agreeing, counted.Length)}), and {pairs.Count(pair => pair.Agrees)} of all {pairs.Length}; {cells.Length - pairs.Length} published cells were not run.");
        (int same, int clear) = Orders(pairs);
        Say($"Of {clear} pairs of setups that the published losses set clearly apart, {same} have the same order here.");
        return 0;
    }

    private static void Show(Pair[] pairs)
    {
        var table = new Table().Border(TableBorder.Simple);
        table.AddColumns("setup", "size", "relation", "rescaling", "n", "published", "ours", "seeds", "decades", "std errors", "agrees");
        foreach (Pair pair in pairs.OrderByDescending(pair => pair.Distance))
        {
            table.AddRow([pair.Settings.Setup, Text($"{pair.Settings.Size}"), pair.Settings.Relation, Text($"{pair.Settings.Rescaling}"), Text($"{pair.Settings.TrainingSize}"),
                Text($"{Math.Pow(10, pair.Published.Mean):E2}"), Text($"{Math.Pow(10, pair.Ours.Mean):E2}"), Text($"{pair.Ours.Count}"),
                Text($"{pair.Difference:+0.00;-0.00}"), Text($"{pair.InStandardErrors:F1}"), pair.IsBelowStopping ? "(below)" : pair.Agrees ? "yes" : "NO"]);
        }
        AnsiConsole.Write(table);
    }

    /// <summary>Pairs of setups in the same cell that lie clearly apart in the published results, and how many of them lie in the same order here.</summary>
    private static (int Same, int Clear) Orders(Pair[] pairs)
    {
        int same = 0;
        int clear = 0;
        foreach (var cell in pairs.Where(pair => !pair.IsBelowStopping).GroupBy(pair => pair.Settings with { Setup = "" }))
        {
            Pair[] setups = [.. cell];
            for (int i = 0; i < setups.Length; i++)
            {
                for (int j = 0; j < i; j++)
                {
                    var published = new Pair(setups[i].Settings, setups[i].Published, setups[j].Published);
                    if (Math.Abs(published.Difference) > Decades && published.InStandardErrors > StandardErrors)
                    {
                        clear++;
                        same += Math.Sign(published.Difference) == Math.Sign(setups[j].Ours.Mean - setups[i].Ours.Mean) ? 1 : 0;
                    }
                }
            }
        }
        return (same, clear);
    }

    private static string Share(int part, int whole) => whole == 0 ? "none" : Text($"{100.0 * part / whole:F1} %");

    private static string Text(FormattableString text) => FormattableString.Invariant(text);

    private static void Say(FormattableString text) => Console.WriteLine(FormattableString.Invariant(text));

    private sealed record Pair(Run Settings, LogLosses Published, LogLosses Ours)
    {
        /// <summary>In decades.</summary>
        public double Difference => Ours.Mean - Published.Mean;

        public double InStandardErrors => Math.Abs(Difference) / Math.Max(double.Hypot(Published.StandardError, OurStandardError), 1e-12);

        /// <summary>One seed has no spread of its own; it is taken to be the published one.</summary>
        private double OurStandardError => Ours.Count > 1 ? Ours.StandardError : Published.Deviation;

        public bool Agrees => Math.Abs(Difference) <= Decades || InStandardErrors <= StandardErrors;

        /// <summary>1 where it is just as far off as agreeing allows.</summary>
        public double Distance => Math.Min(Math.Abs(Difference) / Decades, InStandardErrors / StandardErrors);

        public bool IsBelowStopping => Published.Mean < Math.Log10(StoppingLoss);
    }
}
