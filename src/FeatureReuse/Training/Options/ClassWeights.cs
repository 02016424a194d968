namespace FeatureReuse;

/// <summary>Specifies how much each class counts in the loss.</summary>
[JsonConverter(typeof(ClassWeightsConverter))]
public sealed record ClassWeights
{
    private ClassWeights(bool balanced, IReadOnlyList<float>? values) => (IsBalanced, Values) = (balanced, values);

    /// <summary>Gets weights by which every image counts the same. The default.</summary>
    public static ClassWeights Uniform { get; } = new(false, null);

    /// <summary>Gets weights by which every class counts the same: they are inversely proportional to its number of images.</summary>
    public static ClassWeights Balanced { get; } = new(true, null);

    /// <summary>Gets whether the weights follow from the training images.</summary>
    public bool IsBalanced { get; }

    /// <summary>Gets the given weights; null if none were given.</summary>
    public IReadOnlyList<float>? Values { get; }

    /// <summary>Creates weights, one per class in the order of the class names.</summary>
    /// <param name="values">Above 0 and finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">A weight is not above 0 and finite.</exception>
    public static ClassWeights From(params float[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        for (int i = 0; i < values.Length; i++)
            Require.Positive(values[i], float.MaxValue, $"{nameof(ClassWeights)}[{i}]");
        return new(false, [.. values]);
    }

    /// <summary>Returns the weights for these images; null if all are equal.</summary>
    internal float[]? For(ReadOnlySpan<int> labels, int classCount)
    {
        if (Values is { } given)
        {
            return given.Count == classCount ? [.. given]
                : throw new ArgumentException(
                    $"ClassWeights has {given.Count} values; the label has {classCount} classes.", nameof(ClassWeights));
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
