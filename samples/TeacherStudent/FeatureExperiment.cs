using System.Diagnostics;
using FeatureReuse;
using FeatureReuse.Samples;
using Spectre.Console;

namespace TeacherStudent;

/// <summary>Many binary tasks on one hidden subspace: is it found, and does a linear head on the features learn a new task from few samples?</summary>
internal static class FeatureExperiment
{
    private const int TestCount = 2000;
    private const int DownstreamTask = 1;

    public static int Run(IReadOnlyList<FeatureRun> runs, CsvFile<FeatureRun> file, CancellationToken cancellation)
    {
        FeatureRun[] left = [.. runs.Where(run => !file.Rows.Any(row => row.Settings == run))];
        try
        {
            AnsiConsole.Progress().Start(progress =>
            {
                ProgressTask all = progress.AddTask("runs", maxValue: runs.Count);
                all.Value = runs.Count - left.Length;
                foreach (FeatureRun run in left)
                {
                    all.Description = Markup.Escape($"{run.Tasks} tasks, seed {run.Seed}");
                    file.Append(Do(run, cancellation));
                    all.Increment(1);
                }
            });
        }
        catch (OperationCanceledException)
        {
            Console.WriteLine($"Stopped. {runs.Count(run => file.Rows.Any(row => row.Settings == run))} of {runs.Count} runs are kept in {file.FullPath}; the same command goes on from there.");
            return 130;
        }
        Print([.. file.Rows.Where(row => runs.Contains(row.Settings))]);
        Console.WriteLine($"One line a run: {file.FullPath}");
        return 0;
    }

    private static FeatureRun Do(FeatureRun run, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        var tasks = new SubspaceTasks(run.Dimension, run.Subspace, Math.Max(run.Tasks, 1), run.Seed);
        LearnedFeatures features = run.Tasks == 0
            ? LearnedFeatures.CreateRandom(run.Dimension, run.Neurons, run.Seed)
            : FeatureLearning.Train(tasks.Draw, new()
            {
                Neurons = run.Neurons,
                Steps = run.Steps,
                Seed = run.Seed,
                Order = run.Updates == "simultaneous" ? UpdateOrder.Simultaneous : UpdateOrder.HeadsFirst,
                CancellationToken = cancellation,
            });
        var downstream = new SubspaceTasks(run.Dimension, run.Subspace, tasks: 1, run.Seed, DownstreamTask);
        return run with
        {
            SubspaceError = features.ComputeSubspaceError(tasks.Basis),
            Energy = features.ComputeSubspaceEnergy(tasks.Basis),
            DownstreamAccuracy = LinearHead.Accuracy(features, downstream.Draw(run.TrainingSize), downstream.Draw(TestCount)),
            Seconds = Math.Round(watch.Elapsed.TotalSeconds, 3),
        };
    }

    private static void Print(IReadOnlyList<FeatureRun> rows)
    {
        var table = new Table { Title = new TableTitle("Mean ± standard deviation over seeds") };
        table.Border(TableBorder.Rounded).AddColumns("tasks", "updates", "steps", "dimension", "neurons", "n", "seeds", "subspace error", "energy", "downstream accuracy");
        foreach (var cell in rows.GroupBy(row => row with { Seed = 0, SubspaceError = 0, Energy = 0, DownstreamAccuracy = 0, Seconds = 0 }))
        {
            table.AddRow([$"{cell.Key.Tasks}", cell.Key.Updates, $"{cell.Key.Steps}", $"{cell.Key.Dimension}", $"{cell.Key.Neurons}", $"{cell.Key.TrainingSize}", $"{cell.Count()}",
                Text([.. cell.Select(row => row.SubspaceError)]), Text([.. cell.Select(row => row.Energy)]), Text([.. cell.Select(row => row.DownstreamAccuracy)])]);
        }
        AnsiConsole.Write(table);
    }

    private static string Text(double[] values)
    {
        double mean = values.Average();
        return values.Length < 2 ? FormattableString.Invariant($"{mean:F3}")
            : FormattableString.Invariant($"{mean:F3} ± {Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1)):F3}");
    }
}
