namespace FeatureReuse;

/// <summary>The batches of all tasks, and which tasks each step of an epoch trains.</summary>
internal sealed class TaskSchedule(TaskPass main, TaskPass? auxiliary, TaskMixing mixing) : IDisposable
{
    private readonly TaskPass[] _all = auxiliary is null ? [main] : [main, auxiliary];

    /// <summary>Gets the number of steps per epoch.</summary>
    public int StepCount { get; } = mixing == TaskMixing.MixedBatches ? Math.Max(main.BatchCount, auxiliary!.BatchCount)
        : main.BatchCount + (auxiliary?.BatchCount ?? 0);

    /// <summary>Gets the weighted sum of the mean losses of this epoch.</summary>
    public double Loss => _all.Sum(task => task.Loss * task.Weight);

    /// <summary>Returns the tasks that a step of the epoch trains.</summary>
    public TaskPass[] TasksOf(int step)
        => mixing == TaskMixing.MixedBatches ? _all : [step < main.BatchCount ? main : auxiliary!];

    /// <summary>Shuffles all tasks and forgets what the last epoch measured.</summary>
    public void StartEpoch()
    {
        foreach (TaskPass task in _all)
            task.StartEpoch();
    }

    /// <summary>Returns what the epoch measured.</summary>
    public EpochMetrics Measure(int epoch, double rate, ClassificationMetrics? validation)
        => new(epoch, main.Loss, main.Accuracy, validation?.LogLoss, validation?.Accuracy, rate, auxiliary?.Loss, auxiliary?.Accuracy)
        {
            Validation = validation,
        };

    public void Dispose()
    {
        foreach (TaskPass task in _all)
            task.Dispose();
    }
}
