using FeatureReuse;
using FeatureReuse.Samples;

namespace TeacherStudent;

/// <summary>One chart for each main task: generalisation loss over the number of training rows, a line for each setup.</summary>
internal static class Plots
{
    public static int Write(string csv, RunColumns columns, string? published, string folder)
    {
        Run[] rows = [.. new CsvFile<Run>(csv, columns).Rows.DistinctBy(row => row.Settings)];
        if (rows.Length == 0)
            throw new InvalidDataException($"{csv} has no runs to draw.");
        PublishedCell[] cells = published is null ? [] : PublishedCell.Read(published);
        Directory.CreateDirectory(folder);
        foreach (var task in rows.GroupBy(row => (row.Experiment, row.Size, row.Relation, row.Magnitude)))
        {
            bool areRescaled = task.Select(row => row.Rescaling).Distinct().Count() > 1;
            string NameOf(Run run) => areRescaled && run.Setup != Setups.MultiTask ? FormattableString.Invariant($"{run.Setup} × {run.Rescaling}") : run.Setup;
            IEnumerable<ChartSeries> ours = task.GroupBy(NameOf).Select(line => new ChartSeries(line.Key, [.. line.GroupBy(row => row.TrainingSize).Select(cell =>
                PointOf(cell.Key, LogLosses.Of([.. cell.Select(row => row.GeneralisationLoss)])))]));
            IEnumerable<ChartSeries> theirs = cells.Where(cell => (cell.Settings.Experiment, cell.Settings.Size, cell.Settings.Relation, cell.Settings.Magnitude) == task.Key)
                .GroupBy(cell => NameOf(cell.Settings)).Select(line => new ChartSeries(line.Key, [.. line.Select(cell => PointOf(cell.Settings.TrainingSize, cell.Losses))], IsReference: true));
            ChartSeries[] lines = [.. ours.OrderBy(line => line.Name, StringComparer.Ordinal)];
            var chart = new LineChart
            {
                Title = $"{task.Key.Experiment}: {columns.SizeName} {task.Key.Size}, {columns.RelationName} {task.Key.Relation}",
                XLabel = "training rows of the main task",
                YLabel = "generalisation loss (MSE)",
                IsLogY = true,
                Series = [.. lines, .. theirs.Where(line => lines.Any(own => own.Name == line.Name))],
            };
            string path = Path.Combine(folder, FormattableString.Invariant($"{task.Key.Experiment}-{columns.SizeName}{task.Key.Size}-{columns.RelationName}{task.Key.Relation.Replace(';', '_')}.svg"));
            File.WriteAllText(path + ".part", chart.ToSvg());
            File.Move(path + ".part", path, overwrite: true);
            Console.WriteLine(path);
        }
        return 0;
    }

    /// <summary>The geometric mean, with a standard deviation on either side.</summary>
    private static ChartPoint PointOf(int size, LogLosses losses)
        => new(size, Math.Pow(10, losses.Mean), Math.Pow(10, losses.Mean - losses.Deviation), Math.Pow(10, losses.Mean + losses.Deviation));
}
