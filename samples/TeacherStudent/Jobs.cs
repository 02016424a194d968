using FeatureReuse.Samples;
using Spectre.Console;

namespace TeacherStudent;

/// <summary>Spreads runs over the cores, one thread each, and keeps each one's line as it ends.</summary>
internal static class Jobs
{
    public static int Do(IReadOnlyList<Job> jobs, CsvFile<Run> file, int parallel, CancellationToken cancellation)
    {
        Job[] left = [.. jobs.Where(job => !file.Rows.Any(job.Settings.IsSameRun))];
        int done = jobs.Count - left.Length;
        if (done > 0)
            Console.WriteLine($"{done} of {jobs.Count} runs are in the file already.");
        try
        {
            AnsiConsole.Progress().Start(progress =>
            {
                ProgressTask all = progress.AddTask("runs", maxValue: jobs.Count);
                all.Value = done;
                var options = new ParallelOptions { MaxDegreeOfParallelism = parallel, CancellationToken = cancellation };
                Parallel.ForEach(System.Collections.Concurrent.Partitioner.Create(left, System.Collections.Concurrent.EnumerablePartitionerOptions.NoBuffering), options, job =>
                {
                    all.Description = Markup.Escape($"{job.Settings.Setup}, n = {job.Settings.TrainingSize}, seed {job.Settings.Seed}");
                    Outcome outcome = job.Work(cancellation);
                    file.Append(job.Settings with
                    {
                        TrainingLoss = outcome.TrainingLoss,
                        GeneralisationLoss = outcome.GeneralisationLoss,
                        Steps = outcome.Steps,
                        Seconds = Math.Round(outcome.Seconds, 3),
                    });
                    all.Increment(1);
                });
            });
        }
        catch (OperationCanceledException)
        {
            Console.WriteLine($"Stopped. {jobs.Count(job => file.Rows.Any(job.Settings.IsSameRun))} of {jobs.Count} runs are kept in {file.FullPath}; the same command goes on from there.");
            return 130;
        }
        catch (AggregateException failure) when (failure.InnerException is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure.InnerException);
        }
        RunTable.Print([.. file.Rows.Where(row => jobs.Any(job => job.Settings.IsSameRun(row)))]);
        Console.WriteLine($"One line a run: {file.FullPath}");
        return 0;
    }
}
