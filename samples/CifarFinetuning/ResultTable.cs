using System.Globalization;
using Spectre.Console;

namespace CifarFinetuning;

/// <summary>Mean and standard deviation over the seeds, one line a setup, one column a size of the main task.</summary>
internal static class ResultTable
{
    public static void Print(Settings settings, IReadOnlyList<ResultRow> rows)
    {
        string what = settings.Seeds.Length == 1 ? $"seed {settings.Seeds[0]}" : $"mean ± standard deviation over {settings.Seeds.Length} seeds";
        var table = new Table { Title = new TableTitle($"Test accuracy, {what} ({settings.DataName}, {settings.Network})") };
        table.Border(TableBorder.Rounded);
        table.AddColumn("setup");
        foreach (int size in settings.TrainingSizes)
            table.AddColumn(new TableColumn($"n = {size}").RightAligned());
        foreach (Setup setup in Setup.All(settings))
        {
            string[] cells = [.. settings.TrainingSizes.Select(size => Cell(
                [.. rows.Where(row => setup.Has(row) && row.TrainingSize == size).Select(row => row.Accuracy)]))];
            table.AddRow([setup.ToString(), .. cells]);
        }
        AnsiConsole.Write(table);
    }

    private static string Cell(double[] accuracies)
    {
        if (accuracies.Length == 0)
            return "-";
        double mean = accuracies.Average();
        string spread = accuracies.Length < 2 ? "" : string.Create(CultureInfo.InvariantCulture, $" ± {Math.Sqrt(accuracies.Sum(value => (value - mean) * (value - mean)) / (accuracies.Length - 1)):F3}");
        return string.Create(CultureInfo.InvariantCulture, $"{mean:F3}{spread}");
    }
}
