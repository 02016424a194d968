namespace FeatureReuse;

/// <summary>The batches of all tasks, and which tasks each step of an epoch trains.</summary>
internal sealed class TaskSchedule : IDisposable
{
    private readonly TaskPass _main;
    private readonly TaskPass? _auxiliary;
    private readonly TaskPass[][] _steps;

    /// <param name="main">The batches of the main task.</param>
    /// <param name="auxiliary">The batches of the auxiliary task; null if one task is trained.</param>
    /// <param name="mixing">How the tasks take turns.</param>
    public TaskSchedule(TaskPass main, TaskPass? auxiliary, TaskMixing? mixing)
    {
        (_main, _auxiliary) = (main, auxiliary);
        _steps = mixing switch
        {
            null => [.. Enumerable.Repeat<TaskPass[]>([main], main.BatchCount)],
            TaskMixing.MixedBatches =>
                [.. Enumerable.Repeat<TaskPass[]>([main, auxiliary!], Math.Max(main.BatchCount, auxiliary!.BatchCount))],
            _ => [.. Enumerable.Repeat<TaskPass[]>([main], main.BatchCount),
                .. Enumerable.Repeat<TaskPass[]>([auxiliary!], auxiliary!.BatchCount)],
        };
    }

    /// <summary>Gets the number of steps per epoch.</summary>
    public int StepCount => _steps.Length;

    /// <summary>Gets the weighted sum of the mean losses of this epoch.</summary>
    public double Loss => _main.Loss + (_auxiliary?.Loss * _auxiliary?.Weight ?? 0);

    /// <summary>Returns the tasks that a step of the epoch trains.</summary>
    public TaskPass[] TasksOf(int step) => _steps[step];

    /// <summary>Shuffles all tasks and forgets what the last epoch measured.</summary>
    public void StartEpoch()
    {
        _main.StartEpoch();
        _auxiliary?.StartEpoch();
    }

    /// <summary>Returns what the epoch measured.</summary>
    public EpochMetrics Measure(int epoch, double rate, ClassificationMetrics? validation)
        => new(epoch, _main.Loss, _main.Accuracy, validation?.LogLoss, validation?.Accuracy, rate, _auxiliary?.Loss, _auxiliary?.Accuracy)
        {
            Validation = validation,
        };

    /// <summary>Writes the positions of the tasks into the state of the run.</summary>
    public void SaveTo(LoopState state) => (state.Main, state.Other) = (_main.State, _auxiliary?.State);

    /// <summary>Continues where the state of an interrupted run says.</summary>
    public void ContinueFrom(LoopState state)
    {
        _main.GoTo(state.Main);
        _auxiliary?.GoTo(state.Other!.Value);
    }

    public void Dispose()
    {
        _main.Dispose();
        _auxiliary?.Dispose();
    }
}
