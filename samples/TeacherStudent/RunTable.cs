using System.Globalization;
using Spectre.Console;

namespace TeacherStudent;

/// <summary>Geometric means of the generalisation loss over the seeds, with the standard deviation in decades.</summary>
internal static class RunTable
{
    public static void Print(IReadOnlyList<Run> rows)
    {
        int[] sizes = [.. rows.Select(row => row.TrainingSize).Distinct().Order()];
        var table = new Table { Title = new TableTitle("Generalisation loss: geometric mean over seeds (standard deviation in decades)") };
        table.Border(TableBorder.Rounded).AddColumn("setup").AddColumn("rescaling");
        foreach (int size in sizes)
        {
            table.AddColumn(new TableColumn($"n = {size}").RightAligned());
        }
        foreach (var setup in rows.GroupBy(row => (row.Setup, row.Rescaling)))
        {
            table.AddRow([setup.Key.Setup, setup.Key.Rescaling.ToString(CultureInfo.InvariantCulture),
                .. sizes.Select(size => Cell([.. setup.Where(row => row.TrainingSize == size).Select(row => row.GeneralisationLoss)]))]);
        }
        AnsiConsole.Write(table);
    }

    private static string Cell(double[] losses)
    {
        if (losses.Length == 0)
        {
            return "-";
        }
        LogLosses cell = LogLosses.Of(losses);
        return string.Create(CultureInfo.InvariantCulture, $"{Math.Pow(10, cell.Mean):E2}{(losses.Length > 1 ? $" ({cell.Deviation:F2})" : "")}");
    }
}
