using System.Diagnostics;
using Papers.Results;
using Papers.Running;
using Spectre.Console;

namespace Papers.TeacherStudent;

/// <summary>Learns features from many binary tasks on a hidden subspace; measures how well they recover it and serve a new task.</summary>
internal static class FeatureExperiment
{
    private const int TestCount = 2000;
    private const int DownstreamTask = 1;

    public static void Run(IReadOnlyList<FeatureRun> jobs, string csv, CancellationToken cancellation)
    {
        var file = new ResultFile<FeatureRun>(csv);
        JobGroup<FeatureRun>[] groups = [.. jobs.Select(job => new JobGroup<FeatureRun>([job], (_, bar) => [Do(job, bar, cancellation)]))];
        Print(JobRunner.Run(groups, file, parallel: 1, cancellation));
        Console.WriteLine($"Results, one line per run: {file.FullPath}");
    }

    private static FeatureRun Do(FeatureRun job, ProgressTask bar, CancellationToken cancellation)
    {
        bar.Description = $"{job.Tasks} tasks, seed {job.Seed}";
        var watch = Stopwatch.StartNew();
        var tasks = new SubspaceTasks(job.Dimension, job.Subspace, Math.Max(job.Tasks, 1), job.Seed);
        LearnedFeatures features = job.Tasks == 0
            ? Untrained(job)
            : FeatureLearning.Train(tasks.Draw, new()
            {
                Neurons = job.Neurons,
                Steps = job.Steps,
                Seed = job.Seed,
                Order = job.Updates == "simultaneous" ? UpdateOrder.Simultaneous : UpdateOrder.HeadsFirst,
                CancellationToken = cancellation,
            });
        var downstream = new SubspaceTasks(job.Dimension, job.Subspace, tasks: 1, job.Seed, DownstreamTask);
        return job with
        {
            SubspaceError = features.ComputeSubspaceError(tasks.Basis),
            Energy = features.ComputeSubspaceEnergy(tasks.Basis),
            DownstreamAccuracy = LinearHead.Accuracy(features, downstream.Draw(job.TrainingSize), downstream.Draw(TestCount)),
            Seconds = Math.Round(watch.Elapsed.TotalSeconds, 3),
        };
    }

    /// <summary>Draws normal weights of standard deviation 1 / sqrt(d).</summary>
    private static LearnedFeatures Untrained(FeatureRun job)
    {
        var weights = new float[job.Neurons * job.Dimension];
        new SeededRandom(job.Seed, RandomStream.ShallowWeights).FillNormal(weights, 1 / Math.Sqrt(job.Dimension));
        return new LearnedFeatures(weights, job.Dimension);
    }

    private static void Print(FeatureRun[] rows)
    {
        Table table = new Table { Title = new TableTitle("Mean ± standard deviation over seeds") }.Border(TableBorder.Rounded)
            .AddColumns("tasks", "updates", "steps", "dimension", "neurons", "n", "seeds")
            .AddColumns("subspace error", "energy", "downstream accuracy");
        foreach (var alike in rows.GroupBy(row => row.Job with { Seed = 0 }))
        {
            string Text(Func<FeatureRun, double> value) => Statistic.From([.. alike.Select(value)]).ToDeviationText();
            FeatureRun job = alike.Key;
            table.AddRow(
                $"{job.Tasks}", job.Updates, $"{job.Steps}", $"{job.Dimension}", $"{job.Neurons}", $"{job.TrainingSize}",
                $"{alike.Count()}", Text(row => row.SubspaceError), Text(row => row.Energy), Text(row => row.DownstreamAccuracy));
        }
        AnsiConsole.Write(table);
    }
}
