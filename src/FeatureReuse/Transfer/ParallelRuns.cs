using System.Collections.Concurrent;

namespace FeatureReuse;

/// <summary>Runs jobs on threads of their own, since libtorch remembers a number of threads for each.</summary>
internal static class ParallelRuns
{
    /// <summary>Runs all jobs, until one fails or the token is cancelled. Restores libtorch's number of threads.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static void ForEach<T>(IEnumerable<T> jobs, int threads, Action<T> work, CancellationToken cancellation)
    {
        int before = get_num_threads();
        var queue = new ConcurrentQueue<T>(jobs);
        try
        {
            Task.WhenAll(Enumerable.Range(0, threads).Select(_
                => Task.Factory.StartNew(Work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)))
                .GetAwaiter().GetResult();
        }
        finally
        {
            set_num_threads(before);
        }
        cancellation.ThrowIfCancellationRequested();

        void Work()
        {
            try
            {
                while (!cancellation.IsCancellationRequested && queue.TryDequeue(out T? job))
                    work(job);
            }
            catch
            {
                queue.Clear();
                throw;
            }
        }
    }
}
