namespace FeatureReuse;

/// <summary>Inputs with a binary label for each of several tasks, some of which may be missing. Immutable.</summary>
public sealed class BinaryTaskSamples
{
    /// <summary>Copies the samples.</summary>
    /// <param name="width">Inputs d of a sample; 1 or more.</param>
    /// <param name="tasks">T; 1 or more.</param>
    /// <param name="inputs">One sample after the other, [count, d].</param>
    /// <param name="labels">0, 1, or NaN where the label is missing, [count, T].</param>
    /// <exception cref="ArgumentException">There is no sample, or the numbers of inputs and labels do not fit.</exception>
    /// <exception cref="InvalidDataException">An input is not finite, or a label is none of 0, 1 and NaN; the message names row and task.</exception>
    public BinaryTaskSamples(int width, int tasks, ReadOnlySpan<float> inputs, ReadOnlySpan<float> labels)
    {
        Require.InRange(width, 1, 10_000_000, nameof(width));
        Require.InRange(tasks, 1, 1_000_000, nameof(tasks));
        if (labels.Length == 0)
            throw new ArgumentException("There are no samples; at least one is needed.", nameof(labels));
        if ((long)labels.Length * width != (long)inputs.Length * tasks || labels.Length % tasks != 0)
        {
            throw new ArgumentException($"{inputs.Length} input values and {labels.Length} labels are not samples of {width} inputs and {tasks} labels each.", nameof(inputs));
        }
        (Width, TaskCount, Count) = (width, tasks, labels.Length / tasks);
        for (int i = 0; i < inputs.Length; i++)
        {
            if (!float.IsFinite(inputs[i]))
                throw new InvalidDataException($"Row {i / width}: input {i % width} is {inputs[i]}; it must be finite.");
        }
        Inputs = inputs.ToArray();
        Labels = new float[labels.Length];
        for (int i = 0; i < labels.Length; i++)
        {
            Labels[i] = labels[i] switch
            {
                1 => 1,
                0 => -1,
                float.NaN => 0,
                _ => throw new InvalidDataException($"Row {i / tasks}: the label of task {i % tasks} is {labels[i]}; it must be 0, 1 or missing (NaN)."),
            };
        }
    }

    private BinaryTaskSamples(int width, int tasks, int count, float[] inputs, float[] labels)
        => (Width, TaskCount, Count, Inputs, Labels) = (width, tasks, count, inputs, labels);

    /// <summary>Inputs d of a sample.</summary>
    public int Width { get; }

    /// <summary>T.</summary>
    public int TaskCount { get; }

    /// <summary>The number of samples.</summary>
    public int Count { get; }

    /// <summary>The inputs of a sample.</summary>
    /// <param name="row">0 to <see cref="Count"/> - 1.</param>
    public ReadOnlySpan<float> GetInput(int row) => Inputs.AsSpan(row * Width, Width);

    /// <summary>The label of a sample: 0, 1, or NaN where it is missing.</summary>
    /// <param name="row">0 to <see cref="Count"/> - 1.</param>
    /// <param name="task">0 to <see cref="TaskCount"/> - 1.</param>
    public float GetLabel(int row, int task = 0) => Labels[row * TaskCount + task] switch { > 0 => 1, < 0 => 0, _ => float.NaN };

    /// <summary>[count, d].</summary>
    internal float[] Inputs { get; }

    /// <summary>1 for 1, -1 for 0, 0 where missing, [count, T].</summary>
    internal float[] Labels { get; }

    /// <summary>The first task that has not both labels; null if all have.</summary>
    internal int? TaskOfOneClass()
    {
        for (int task = 0; task < TaskCount; task++)
        {
            bool hasOne = false;
            bool hasZero = false;
            for (int row = 0; row < Count && !(hasOne && hasZero); row++)
            {
                hasOne |= Labels[row * TaskCount + task] > 0;
                hasZero |= Labels[row * TaskCount + task] < 0;
            }
            if (!(hasOne && hasZero))
                return task;
        }
        return null;
    }

    internal BinaryTaskSamples Select(ReadOnlySpan<int> rows)
    {
        var inputs = new float[rows.Length * Width];
        var labels = new float[rows.Length * TaskCount];
        for (int i = 0; i < rows.Length; i++)
        {
            Inputs.AsSpan(rows[i] * Width, Width).CopyTo(inputs.AsSpan(i * Width));
            Labels.AsSpan(rows[i] * TaskCount, TaskCount).CopyTo(labels.AsSpan(i * TaskCount));
        }
        return new BinaryTaskSamples(Width, TaskCount, rows.Length, inputs, labels);
    }
}
