using System.Collections.Concurrent;
using FeatureReuse;
using FeatureReuse.Samples;

namespace TeacherStudent;

/// <summary>Runs the cells of a file of published results. All cells of a seed share its pretrained network.</summary>
internal static class Reproduction
{
    public static int Run(PublishedCell[] cells, int[] seeds, string csv, int parallel, CancellationToken cancellation)
    {
        var file = new CsvFile<Run>(csv, cells[0].Columns);
        var diagonal = new ConcurrentDictionary<int, Lazy<DiagonalNetwork>>();
        var relu = new ConcurrentDictionary<int, Lazy<TwoLayerReluNetwork>>();
        IEnumerable<Job> jobs = cells.GroupBy(cell => cell.Settings with { Setup = "", TrainingSize = 0 }).SelectMany(alike =>
        {
            PublishedCell first = alike.First();
            Func<IEnumerable<string>, IReadOnlyList<int>, IReadOnlyList<int>, IEnumerable<Job>> jobsOf = first.IsDiagonal
                ? new DiagonalExperiment(first.DiagonalSettings, diagonal).Jobs
                : new ReluExperiment(first.ReluSettings, relu).Jobs;
            return alike.SelectMany(cell => jobsOf([cell.Settings.Setup], [cell.Settings.TrainingSize], seeds));
        });
        // Seed by seed, so that a run that is stopped has seen all cells alike; what waits for no pretraining first.
        return Jobs.Do([.. jobs.OrderBy(job => job.Settings.Seed).ThenBy(job => Setups.IsPretrained(job.Settings.Setup))], file, parallel, cancellation);
    }
}
