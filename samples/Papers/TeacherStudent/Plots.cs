using System.Text;
using Papers.Results;
using Papers.Running;

namespace Papers.TeacherStudent;

/// <summary>Draws one chart per main task: the generalisation loss over the number of training rows, with one line per setup.</summary>
internal static class Plots
{
    public static void Write(string csv, string? published, string folder)
    {
        (ResultFile<Run> file, RunColumns columns) = RunColumns.Open(csv);
        if (file.Rows.Count == 0)
            throw new InvalidDataException($"{csv} has no runs to draw.");
        PublishedCell[] cells = published is null ? [] : PublishedCell.Read(published);
        Directory.CreateDirectory(folder);
        foreach (var task in file.Rows.GroupBy(TaskOf))
        {
            bool areRescaled = task.Select(row => row.Rescaling).Distinct().Count() > 1;
            string NameOf(Run run)
                => areRescaled && run.Setup != Setups.MultiTask ? $"{run.Setup} × {run.Rescaling}" : run.Setup;
            ChartSeries[] ours =
            [
                .. from row in task
                   group row by NameOf(row) into line
                   orderby line.Key
                   select new ChartSeries(line.Key, [.. line.GroupBy(row => row.TrainingSize, row => row.GeneralisationLoss)
                       .Select(losses => PointOf(losses.Key, Statistic.FromLosses(losses)))]),
            ];
            IEnumerable<ChartSeries> theirs =
                from cell in cells
                where TaskOf(cell.Run) == task.Key
                group new ChartPoint(cell.Run.TrainingSize, Math.Pow(10, cell.Losses.Mean)) by NameOf(cell.Run) into line
                where ours.Any(own => own.Name == line.Key)
                select new ChartSeries($"{line.Key} (published)", [.. line], ReferenceFor: line.Key);
            var chart = new LineChart("chart",
                $"{task.Key.Experiment}: {columns.SizeName} {task.Key.Size}, {columns.RelationName} {task.Key.Relation}",
                "training rows of the main task", "generalisation loss (MSE)", [.. ours, .. theirs], IsLogY: true, IsTitleDrawn: true);
            string relation = task.Key.Relation.Replace(';', '_');
            string name = $"{task.Key.Experiment}-{columns.SizeName}{task.Key.Size}-{columns.RelationName}{relation}.svg";
            string path = Path.Combine(folder, name);
            WholeFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes($"{chart.ToElement()}")));
            Console.WriteLine(path);
        }
    }

    private static (string Experiment, int Size, string Relation, double Magnitude) TaskOf(Run run)
        => (run.Experiment, run.Size, run.Relation, run.Magnitude);

    /// <summary>The geometric mean, with a standard deviation on either side.</summary>
    private static ChartPoint PointOf(int size, Statistic losses)
        => new(size, Math.Pow(10, losses.Mean), Math.Pow(10, losses.Mean - losses.Deviation), Math.Pow(10, losses.Mean + losses.Deviation));
}
