using System.Runtime.ExceptionServices;

namespace FeatureReuse;

/// <summary>Runs jobs on threads of their own, since libtorch remembers a number of threads for each.</summary>
internal static class ParallelRuns
{
    /// <summary>Runs all jobs, until one fails or the token is cancelled. Restores libtorch's number of threads.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static void ForEach<T>(IReadOnlyList<T> jobs, int threads, Action<T> work, CancellationToken cancellation)
    {
        int before = get_num_threads();
        int next = -1;
        Exception? failure = null;
        Thread[] workers = [.. Enumerable.Range(0, threads).Select(_ => new Thread(Work) { IsBackground = true, Name = "FeatureReuse" })];
        foreach (Thread worker in workers)
            worker.Start();
        foreach (Thread worker in workers)
            worker.Join();
        set_num_threads(before);
        if (failure is not null)
            ExceptionDispatchInfo.Throw(failure);
        cancellation.ThrowIfCancellationRequested();

        void Work()
        {
            try
            {
                while (Volatile.Read(ref failure) is null && !cancellation.IsCancellationRequested
                    && Interlocked.Increment(ref next) is var index && index < jobs.Count)
                {
                    work(jobs[index]);
                }
            }
            catch (Exception caught)
            {
                Interlocked.CompareExchange(ref failure, caught, null);
            }
        }
    }
}
