using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Spectre.Console;

namespace Papers.Running;

/// <summary>Runs the jobs that are not in a file of results yet, appends the row of each as it ends, and shows progress bars.</summary>
internal static class JobRunner
{
    /// <param name="groups">All jobs.</param>
    /// <param name="file">Holds the rows of finished jobs.</param>
    /// <param name="parallel">The number of groups that run at the same time.</param>
    /// <param name="cancellation">Stops the runs; rows of finished jobs are kept.</param>
    /// <returns>The rows of all jobs, in the order of the jobs.</returns>
    /// <exception cref="OperationCanceledException">The run was cancelled. The message says how many rows are kept.</exception>
    public static TRow[] Run<TRow>(
        IReadOnlyList<JobGroup<TRow>> groups, ResultFile<TRow> file, int parallel, CancellationToken cancellation)
        where TRow : class, IResult<TRow>
    {
        TRow[] jobs = [.. groups.SelectMany(group => group.Jobs)];
        int CountDone() => jobs.Count(job => file.Find(job) is not null);
        int done = CountDone();
        if (done > 0)
            Console.WriteLine($"{done} of {jobs.Length} runs are in {file.FullPath} already.");
        try
        {
            AnsiConsole.Progress().Start(progress =>
            {
                ProgressTask all = progress.AddTask("all runs", maxValue: jobs.Length);
                all.Value = done;
                ProgressTask current = progress.AddTask("starting");
                ForEach(groups, RunGroup, parallel, cancellation);
                current.Value = current.MaxValue;

                void RunGroup(JobGroup<TRow> group)
                {
                    TRow[] left = [.. group.Jobs.Where(job => file.Find(job) is null)];
                    if (left.Length == 0)
                        return;
                    foreach (TRow row in group.Run(left, current))
                    {
                        file.Append(row);
                        all.Increment(1);
                    }
                }
            });
        }
        catch (OperationCanceledException canceled)
        {
            throw new OperationCanceledException(
                $"Stopped. {CountDone()} of {jobs.Length} runs are kept in {file.FullPath}; run the same command again to continue.",
                canceled,
                cancellation);
        }
        return [.. jobs.Select(job => file.Find(job)!)];
    }

    /// <summary>Throws what an action throws, and not an AggregateException.</summary>
    private static void ForEach<T>(IEnumerable<T> items, Action<T> action, int parallel, CancellationToken cancellation)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = parallel, CancellationToken = cancellation };
        try
        {
            Parallel.ForEach(Partitioner.Create(items, EnumerablePartitionerOptions.NoBuffering), options, action);
        }
        catch (AggregateException failure)
        {
            ExceptionDispatchInfo.Throw(failure.InnerExceptions[0]);
        }
    }
}
