using Spectre.Console;

namespace Papers.Results;

/// <summary>Prints published values beside ours, with the largest differences first.</summary>
internal static class AgreementTable
{
    /// <param name="columns">The headings of the labels.</param>
    /// <param name="agreements">The pairs of values.</param>
    /// <param name="text">Formats a value.</param>
    /// <param name="verdict">Says whether a pair agrees.</param>
    public static void Print(
        string[] columns, IEnumerable<Agreement> agreements, Func<Statistic, string> text, Func<Agreement, string> verdict)
    {
        Table table = new Table().Border(TableBorder.Simple)
            .AddColumns([.. columns, "published", "ours", "difference", "std errors", "agrees"]);
        foreach (Agreement pair in agreements.OrderByDescending(pair => pair.Distance))
        {
            table.AddRow(
            [
                .. pair.Labels.Select(Markup.Escape), text(pair.Published), text(pair.Ours),
                $"{pair.Difference:+0.000;-0.000;0.000}", $"{pair.InStandardErrors:F1}", verdict(pair),
            ]);
        }
        AnsiConsole.Write(table);
    }

    public static string YesOrNo(Agreement pair) => pair.Holds ? "yes" : "NO";
}
