namespace FeatureReuse;

/// <summary>Holds inputs with a binary label for each of several tasks; labels may be missing. Immutable.</summary>
public sealed class BinaryTaskSamples
{
    /// <summary>Copies the samples.</summary>
    /// <param name="width">The number of inputs d of a sample; 1 or more.</param>
    /// <param name="tasks">The number of tasks T; 1 or more.</param>
    /// <param name="inputs">The samples, one after the other, [count, d].</param>
    /// <param name="labels">0, 1, or NaN where the label is missing, [count, T].</param>
    /// <exception cref="ArgumentException">There are no samples, or the numbers of inputs and labels do not match.</exception>
    /// <exception cref="InvalidDataException">An input or a label has an invalid value; the message names it.</exception>
    public BinaryTaskSamples(int width, int tasks, ReadOnlySpan<float> inputs, ReadOnlySpan<float> labels)
    {
        Require.InRange(width, 1, 10_000_000, nameof(width));
        Require.InRange(tasks, 1, 1_000_000, nameof(tasks));
        if (labels.Length == 0)
            throw new ArgumentException("There are no samples; at least one is needed.", nameof(labels));
        if ((long)labels.Length * width != (long)inputs.Length * tasks || labels.Length % tasks != 0)
        {
            throw new ArgumentException($"{inputs.Length} input values and {labels.Length} labels are not samples of {width} inputs "
                + $"and {tasks} labels each.", nameof(inputs));
        }
        RegressionSamples.RequireFinite(inputs, width, "input");
        (Width, TaskCount, Inputs, Labels) = (width, tasks, inputs.ToArray(), labels.ToArray());
        for (int i = 0; i < labels.Length; i++)
        {
            Labels[i] = labels[i] switch
            {
                1 => 1,
                0 => -1,
                float.NaN => 0,
                _ => throw new InvalidDataException(
                    $"Row {i / tasks}: the label of task {i % tasks} is {labels[i]}; it must be 0, 1 or missing (NaN)."),
            };
        }
    }

    private BinaryTaskSamples(int width, int tasks, float[] inputs, float[] labels)
        => (Width, TaskCount, Inputs, Labels) = (width, tasks, inputs, labels);

    /// <summary>Gets the number of inputs d of a sample.</summary>
    public int Width { get; }

    /// <summary>Gets the number of tasks T.</summary>
    public int TaskCount { get; }

    /// <summary>Gets the number of samples.</summary>
    public int Count => Labels.Length / TaskCount;

    /// <summary>Gets the inputs, [count, d].</summary>
    internal float[] Inputs { get; }
    /// <summary>Gets the labels: 1 for 1, -1 for 0, 0 where missing, [count, T].</summary>
    internal float[] Labels { get; }

    /// <summary>Gets the inputs of a sample.</summary>
    /// <param name="row">0 to <see cref="Count"/> - 1.</param>
    public ReadOnlySpan<float> GetInput(int row) => Inputs.AsSpan(row * Width, Width);

    /// <summary>Gets a label of a sample: 0, 1, or NaN where it is missing.</summary>
    /// <param name="row">0 to <see cref="Count"/> - 1.</param>
    /// <param name="task">0 to <see cref="TaskCount"/> - 1.</param>
    public float GetLabel(int row, int task = 0) => Labels[row * TaskCount + task] switch { > 0 => 1, < 0 => 0, _ => float.NaN };

    /// <summary>Finds the first task that lacks one of the two labels; null if all tasks have both.</summary>
    internal int? FindTaskOfOneClass()
    {
        return Enumerable.Range(0, TaskCount).Where(task => !Has(task, -1) || !Has(task, 1)).Select(task => (int?)task).FirstOrDefault();

        bool Has(int task, float label) => Enumerable.Range(0, Count).Any(row => Labels[row * TaskCount + task] == label);
    }

    internal BinaryTaskSamples Select(ReadOnlySpan<int> rows)
    {
        (float[] inputs, float[] labels) = (new float[rows.Length * Width], new float[rows.Length * TaskCount]);
        for (int i = 0; i < rows.Length; i++)
        {
            GetInput(rows[i]).CopyTo(inputs.AsSpan(i * Width));
            Labels.AsSpan(rows[i] * TaskCount, TaskCount).CopyTo(labels.AsSpan(i * TaskCount));
        }
        return new BinaryTaskSamples(Width, TaskCount, inputs, labels);
    }
}
