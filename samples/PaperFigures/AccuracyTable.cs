using System.Globalization;
using Spectre.Console;

namespace PaperFigures;

/// <summary>Mean and standard error over seeds, one line a setup and factor, one column a size of the main task.</summary>
internal static class AccuracyTable
{
    public static void Print(IReadOnlyList<AccuracyRow> rows)
    {
        foreach (var alike in rows.GroupBy(row => row.Network))
        {
            int[] sizes = [.. alike.Select(row => row.TrainingSize).Distinct().Order()];
            var table = new Table { Title = new TableTitle($"Test accuracy of {alike.Key}: mean ± standard error (seeds)") };
            table.Border(TableBorder.Rounded).AddColumns("setup", "rescaling", "options");
            foreach (int size in sizes)
                table.AddColumn(new TableColumn(string.Create(CultureInfo.InvariantCulture, $"n = {size}")).RightAligned());
            foreach (var setup in alike.GroupBy(row => (row.Setup, row.Rescaling, row.Options)).OrderBy(group => group.Key))
            {
                table.AddRow([setup.Key.Setup, setup.Key.Rescaling.ToString(CultureInfo.InvariantCulture), Markup.Escape(setup.Key.Options),
                    .. sizes.Select(size => Cell([.. setup.Where(row => row.TrainingSize == size).Select(row => row.Accuracy)]))]);
            }
            AnsiConsole.Write(table);
        }
    }

    private static string Cell(double[] accuracies) => accuracies.Length == 0 ? "-" : Seeds.Of(accuracies).ToString();
}
