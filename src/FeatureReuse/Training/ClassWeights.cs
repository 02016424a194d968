namespace FeatureReuse;

/// <summary>How much each class counts in the loss.</summary>
public sealed record ClassWeights
{
    private ClassWeights(bool balanced, IReadOnlyList<float>? values) => (IsBalanced, Values) = (balanced, values);

    /// <summary>Every image counts the same. The default.</summary>
    public static ClassWeights Uniform { get; } = new(false, null);

    /// <summary>Every class counts the same: weights inversely proportional to the classes' numbers of training images.</summary>
    public static ClassWeights Balanced { get; } = new(true, null);

    /// <summary>Whether weights follow from the training images.</summary>
    public bool IsBalanced { get; }

    /// <summary>The weights if given one by one.</summary>
    public IReadOnlyList<float>? Values { get; }

    /// <summary>A weight for each class, in the order of the class names.</summary>
    /// <param name="values">Above 0 and finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">A weight is not above 0 and finite.</exception>
    public static ClassWeights From(params float[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        for (int i = 0; i < values.Length; i++)
            Require.Positive(values[i], float.MaxValue, $"{nameof(ClassWeights)}[{i}]");
        return new(false, [.. values]);
    }

    /// <summary>The weights for these images; null where all are the same.</summary>
    internal float[]? For(ReadOnlySpan<int> labels, int classCount)
    {
        if (Values is { } given)
        {
            return given.Count == classCount ? [.. given]
                : throw new ArgumentException($"ClassWeights has {given.Count} values; the label has {classCount} classes.", nameof(ClassWeights));
        }
        if (!IsBalanced)
            return null;
        var counts = new int[classCount];
        foreach (int label in labels)
            counts[label]++;
        int present = counts.Count(count => count > 0);
        var weights = new float[classCount];
        for (int c = 0; c < classCount; c++)
            weights[c] = counts[c] == 0 ? 0 : (float)labels.Length / (present * counts[c]);
        return weights;
    }
}
