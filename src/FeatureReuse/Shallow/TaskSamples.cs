namespace FeatureReuse;

/// <summary>Whether samples fit a network, and how well the network fits them.</summary>
internal static class TaskSamples
{
    public delegate float Predictor(ReadOnlySpan<float> input);

    public static double Loss(RegressionSamples samples, Predictor predict)
    {
        double sum = 0;
        for (int row = 0; row < samples.Count; row++)
        {
            double error = predict(samples.GetInput(row)) - samples.GetLabel(row);
            sum += error * error;
        }
        return sum / samples.Count;
    }

    public static void RequireFit(IReadOnlyList<RegressionSamples> tasks, int width, int taskCount)
    {
        Require.NotNull(tasks);
        if (tasks.Count != taskCount)
        {
            throw new ArgumentException($"There are samples of {tasks.Count} tasks for a network with {taskCount} readouts.", nameof(tasks));
        }
        for (int task = 0; task < tasks.Count; task++)
        {
            if (tasks[task].Width != width)
            {
                throw new ArgumentException($"The samples of task {task} have {tasks[task].Width} features; the network takes {width}.", nameof(tasks));
            }
        }
    }
}
