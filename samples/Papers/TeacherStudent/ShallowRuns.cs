using System.Collections.Concurrent;
using Papers.Results;
using Papers.Running;

namespace Papers.TeacherStudent;

/// <summary>Runs experiments with diagonal and ReLU networks in parallel, one thread each, and prints the losses.</summary>
internal static class ShallowRuns
{
    public static void Run(IEnumerable<JobGroup<Run>> jobs, string csv, RunColumns columns, int parallel, CancellationToken cancellation)
    {
        var file = new ResultFile<Run>(csv, columns);
        Run[] rows = JobRunner.Run([.. jobs], file, parallel, cancellation);
        SizeTable.Print(
            "Generalisation loss: geometric mean over seeds (standard deviation in decades)",
            ["setup", "size", "relation", "rescaling"],
            rows,
            row => [row.Setup, $"{row.Size}", row.Relation, $"{row.Rescaling}"],
            row => row.TrainingSize,
            LossesOf);
        Console.WriteLine($"Results, one line per run: {file.FullPath}");
    }

    /// <summary>Runs the cells of a file of published results. All cells of a seed share its pretrained network.</summary>
    public static void Reproduce(PublishedCell[] cells, int[] seeds, string csv, int parallel, CancellationToken cancellation)
    {
        var diagonal = new ConcurrentDictionary<int, Lazy<DiagonalNetwork>>();
        var relu = new ConcurrentDictionary<int, Lazy<TwoLayerReluNetwork>>();
        IEnumerable<JobGroup<Run>> jobs = cells.GroupBy(cell => cell.Run with { Setup = "", TrainingSize = 0 }).SelectMany(alike =>
        {
            PublishedCell first = alike.First();
            return first.IsDiagonal
                ? JobsOf(new DiagonalExperiment(first.DiagonalSettings, diagonal), alike)
                : JobsOf(new ReluExperiment(first.ReluSettings, relu), alike);
        });
        // Seed by seed, so that a run that is stopped has treated all cells alike; runs that wait for no pretraining come first.
        IEnumerable<JobGroup<Run>> ordered = jobs.OrderBy(job => job.Jobs[0].Seed).ThenBy(job => Setups.IsPretrained(job.Jobs[0].Setup));
        Run(ordered, csv, cells[0].Columns, parallel, cancellation);

        IEnumerable<JobGroup<Run>> JobsOf<TNetwork>(Experiment<TNetwork> experiment, IEnumerable<PublishedCell> alike)
            where TNetwork : ShallowNetwork
            => alike.SelectMany(cell => experiment.Jobs([cell.Run.Setup], [cell.Run.TrainingSize], seeds, cancellation));
    }

    private static string LossesOf(IEnumerable<Run> rows)
    {
        var losses = Statistic.FromLosses(rows.Select(row => row.GeneralisationLoss));
        string spread = losses.Count > 1 ? $" ({losses.Deviation:F2})" : "";
        return $"{Math.Pow(10, losses.Mean):E2}{spread}";
    }
}
