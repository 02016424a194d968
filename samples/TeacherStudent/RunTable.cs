using Spectre.Console;

namespace TeacherStudent;

/// <summary>Geometric means of the generalisation loss over the seeds, with the standard deviation in decades.</summary>
internal static class RunTable
{
    public static void Print(IReadOnlyList<Run> rows)
    {
        int[] sizes = [.. rows.Select(row => row.TrainingSize).Distinct().Order()];
        var table = new Table { Title = new TableTitle("Generalisation loss: geometric mean over seeds (standard deviation in decades)") };
        table.Border(TableBorder.Rounded).AddColumns("setup", "size", "relation", "rescaling");
        foreach (int size in sizes)
            table.AddColumn(new TableColumn($"n = {size}").RightAligned());
        foreach (var setup in rows.GroupBy(row => (row.Setup, row.Size, row.Relation, row.Rescaling)))
        {
            table.AddRow([setup.Key.Setup, Text($"{setup.Key.Size}"), setup.Key.Relation, Text($"{setup.Key.Rescaling}"),
                .. sizes.Select(size => Cell([.. setup.Where(row => row.TrainingSize == size).Select(row => row.GeneralisationLoss)]))]);
        }
        AnsiConsole.Write(table);
    }

    private static string Text(FormattableString text) => FormattableString.Invariant(text);

    private static string Cell(double[] losses)
    {
        if (losses.Length == 0)
            return "-";
        LogLosses cell = LogLosses.Of(losses);
        return Text($"{Math.Pow(10, cell.Mean):E2}{(losses.Length > 1 ? $" ({cell.Deviation:F2})" : "")}");
    }
}
